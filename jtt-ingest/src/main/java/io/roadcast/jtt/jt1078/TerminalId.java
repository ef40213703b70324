package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A terminal's id as its media packets carry it. Two ids are equal when their raw bytes are; ids of
 * one terminal in 6 and 10 bytes have the same {@link #digits()}.
 */
public final class TerminalId {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final byte[] raw;
  private final String digits;

  private TerminalId(byte[] raw) {
    this.raw = raw;
    String hex = HEX.formatHex(raw);
    int first = 0;
    while (first < hex.length() - 1 && hex.charAt(first) == '0') {
      first++;
    }
    this.digits = hex.substring(first);
  }

  /** Copies an id of 6 or 10 raw bytes. */
  public static TerminalId ofBytes(byte[] raw) {
    return new TerminalId(raw.clone()).checked();
  }

  /** The id written right-aligned in hexadecimal digits, filled with zeros on the left. */
  public static TerminalId ofDigits(String digits, IdWidth width) {
    int nibbles = width.bytes() * 2;
    if (digits.length() > nibbles) {
      throw new IllegalArgumentException(digits + " does not fit in " + width.bytes() + " bytes");
    }
    return new TerminalId(HEX.parseHex("0".repeat(nibbles - digits.length()) + digits));
  }

  static TerminalId read(ByteBuf buffer, int offset, IdWidth width) {
    byte[] raw = new byte[width.bytes()];
    buffer.getBytes(offset, raw);
    return new TerminalId(raw);
  }

  private TerminalId checked() {
    IdWidth.ofBytes(raw.length);
    return this;
  }

  public IdWidth width() {
    return IdWidth.ofBytes(raw.length);
  }

  /**
   * The nibbles as hexadecimal digits without leading zeros, "0" when there are only zeros. Decimal
   * for terminals that keep to the standard; some send a binary number (then A-F occur).
   */
  public String digits() {
    return digits;
  }

  /** A copy of the bytes on the wire. */
  public byte[] raw() {
    return raw.clone();
  }

  boolean standsAt(ByteBuf buffer, int offset) {
    for (int i = 0; i < raw.length; i++) {
      if (buffer.getByte(offset + i) != raw[i]) {
        return false;
      }
    }
    return true;
  }

  void write(ByteBuf out) {
    out.writeBytes(raw);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TerminalId that && Arrays.equals(raw, that.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return digits;
  }
}
