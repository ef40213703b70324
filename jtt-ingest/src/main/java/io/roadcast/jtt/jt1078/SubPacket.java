package io.roadcast.jtt.jt1078;

/** A packet's place in its frame: the low nibble of the type byte (JT/T 1078-2016 table 19). */
public enum SubPacket {
  ATOMIC("atomic"),
  FIRST("first"),
  LAST("last"),
  MIDDLE("middle");

  private static final SubPacket[] BY_NIBBLE = values();

  private final String label;

  SubPacket(String label) {
    this.label = label;
  }

  /** "atomic", "first", "last" or "middle". */
  public String label() {
    return label;
  }

  int nibble() {
    return ordinal();
  }

  static boolean known(int nibble) {
    return nibble < BY_NIBBLE.length;
  }

  static SubPacket ofNibble(int nibble) {
    return BY_NIBBLE[nibble];
  }
}
