package io.roadcast.jtt.jt808;

/**
 * A setting of a terminal as it stands on the wire. {@link ParameterValue} reads those of the
 * standards.
 *
 * @param id DWORD
 * @param value at most 255 bytes; terminals use other widths than the tables
 */
public record Parameter(long id, Bytes value) {
  private static final int HEAD_BYTES = 5;

  /** Whether a whole parameter follows. */
  static boolean follows(BodyReader in) {
    return in.remaining() >= HEAD_BYTES && in.remaining() - HEAD_BYTES >= in.peek(HEAD_BYTES - 1);
  }

  static Parameter read(BodyReader in) throws MalformedMessageException {
    return new Parameter(in.u32(), in.bytes(in.u8()));
  }

  void write(BodyWriter out) {
    out.u32(id).u8(value.length()).bytes(value);
  }
}
