package io.roadcast.jtt.jt808;

/**
 * 0x8805, to the terminal: send one kept picture, sound or video.
 *
 * @param mediaId above 0
 * @param delete 1 to delete afterwards
 */
public record SingleMediaUpload(long mediaId, int delete) implements Jt808Message {
  public static final int ID = 0x8805;

  static final MessageCodec<SingleMediaUpload> CODEC =
      MessageCodec.of(
          ID, SingleMediaUpload.class, SingleMediaUpload::read, SingleMediaUpload::write);

  @Override
  public int id() {
    return ID;
  }

  private static SingleMediaUpload read(BodyReader in) throws MalformedMessageException {
    return new SingleMediaUpload(in.u32(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u32(mediaId).u8(delete);
  }
}
