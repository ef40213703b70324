package io.roadcast.jtt.jt1078;

/** How many bytes the terminal's id takes in a media packet; the wire does not say it. */
public enum IdWidth {
  /** BCD[6], as JT/T 1078-2016 defines it. */
  SIX(6),
  /** BCD[10], sent by some terminals of the JT/T 808-2019 generation. */
  TEN(10);

  private final int bytes;

  IdWidth(int bytes) {
    this.bytes = bytes;
  }

  public int bytes() {
    return bytes;
  }

  /** The width of an id of {@code bytes} bytes. */
  public static IdWidth ofBytes(int bytes) {
    return switch (bytes) {
      case 6 -> SIX;
      case 10 -> TEN;
      default -> throw new IllegalArgumentException("an id has 6 or 10 bytes, not " + bytes);
    };
  }
}
