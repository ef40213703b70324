package io.roadcast.jtt.jt808;

/** 0x0901, from the terminal: bytes compressed with GZIP, kept compressed. */
public record CompressedUp(Bytes data) implements Jt808Message {
  public static final int ID = 0x0901;

  static final MessageCodec<CompressedUp> CODEC =
      MessageCodec.of(ID, CompressedUp.class, CompressedUp::read, CompressedUp::write);

  @Override
  public int id() {
    return ID;
  }

  private static CompressedUp read(BodyReader in) throws MalformedMessageException {
    long length = in.u32();
    return new CompressedUp(in.bytes((int) Math.min(length, Integer.MAX_VALUE)));
  }

  private void write(BodyWriter out) {
    out.u32(data.length()).bytes(data);
  }
}
