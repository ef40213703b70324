package io.roadcast.jtt.jt808;

/**
 * 0x8803, to the terminal: send kept media.
 *
 * @param type 0 picture, 1 sound, 2 video
 * @param channel 0 for all
 * @param event 0 ordered, 1 timed, 2 robbery alarm, 3 collision or rollover, others by edition
 * @param from {@link TerminalTime#NONE} for no bound
 * @param to {@link TerminalTime#NONE} for no bound
 * @param delete 1 to delete afterwards
 */
public record StoredMediaUpload(
    int type, int channel, int event, TerminalTime from, TerminalTime to, int delete)
    implements Jt808Message {
  public static final int ID = 0x8803;

  static final MessageCodec<StoredMediaUpload> CODEC =
      MessageCodec.of(
          ID, StoredMediaUpload.class, StoredMediaUpload::read, StoredMediaUpload::write);

  @Override
  public int id() {
    return ID;
  }

  private static StoredMediaUpload read(BodyReader in) throws MalformedMessageException {
    return new StoredMediaUpload(in.u8(), in.u8(), in.u8(), in.time(), in.time(), in.u8());
  }

  private void write(BodyWriter out) {
    out.u8(type).u8(channel).u8(event).time(from).time(to).u8(delete);
  }
}
