package io.roadcast.jtt.jt808;

/**
 * An additional item of a location report as it came. What it means depends on who made the
 * terminal; {@link LocationItemValue} reads those of the standards.
 *
 * @param id BYTE; may occur more than once in a report
 * @param data at most 255 bytes
 */
public record LocationItem(int id, Bytes data) {
  private static final int HEAD_BYTES = 2;

  /** Whether a whole item follows. */
  static boolean follows(BodyReader in) {
    return in.remaining() >= HEAD_BYTES && in.remaining() - HEAD_BYTES >= in.peek(1);
  }

  static LocationItem read(BodyReader in) throws MalformedMessageException {
    return new LocationItem(in.u8(), in.bytes(in.u8()));
  }

  void write(BodyWriter out) {
    out.u8(id).u8(data.length()).bytes(data);
  }

  int length() {
    return HEAD_BYTES + data.length();
  }
}
