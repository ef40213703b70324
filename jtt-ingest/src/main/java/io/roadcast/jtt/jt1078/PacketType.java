package io.roadcast.jtt.jt1078;

import io.roadcast.media.Medium;
import org.jspecify.annotations.Nullable;

/** What a packet carries: the high nibble of the type byte (JT/T 1078-2016 table 19). */
public enum PacketType {
  I_FRAME("I", Medium.VIDEO),
  P_FRAME("P", Medium.VIDEO),
  B_FRAME("B", Medium.VIDEO),
  AUDIO("audio", Medium.AUDIO),
  TRANSPARENT("transparent", null);

  private static final PacketType[] BY_NIBBLE = values();

  private final String label;
  private final @Nullable Medium medium;

  PacketType(String label, @Nullable Medium medium) {
    this.label = label;
    this.medium = medium;
  }

  /** "I", "P", "B", "audio" or "transparent". */
  public String label() {
    return label;
  }

  /** Null for transparent data. */
  public @Nullable Medium medium() {
    return medium;
  }

  public boolean video() {
    return medium == Medium.VIDEO;
  }

  int nibble() {
    return ordinal();
  }

  static boolean known(int nibble) {
    return nibble < BY_NIBBLE.length;
  }

  static PacketType ofNibble(int nibble) {
    return BY_NIBBLE[nibble];
  }
}
