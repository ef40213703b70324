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
  private static final int MAX_BYTES = 255;

  /**
   * A parameter whose value is a number, as wide as the tables say.
   *
   * @throws IllegalArgumentException if the tables have no number of that id, or a narrower one
   */
  public static Parameter of(long id, long value) {
    BodyWriter out = new BodyWriter();
    switch (ParameterWidth.of((int) id)) {
      case BYTE -> out.u8((int) Math.min(value, Integer.MAX_VALUE));
      case WORD -> out.u16((int) Math.min(value, Integer.MAX_VALUE));
      case DWORD -> out.u32(value);
      case STRING, UNKNOWN -> throw notOfTables(id, "number");
    }
    return new Parameter(id, out.written());
  }

  /**
   * A parameter whose value is a string.
   *
   * @throws IllegalArgumentException if the tables have no string of that id, or it is too long
   */
  public static Parameter of(long id, String value) {
    Bytes bytes = GbkText.of(value).raw();
    if (ParameterWidth.of((int) id) != ParameterWidth.STRING || bytes.length() > MAX_BYTES) {
      throw notOfTables(id, "string of " + bytes.length() + " bytes");
    }
    return new Parameter(id, bytes);
  }

  private static IllegalArgumentException notOfTables(long id, String what) {
    return new IllegalArgumentException("parameter 0x%04X is no %s".formatted(id, what));
  }

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
