package io.roadcast.media.nal;

import io.roadcast.media.MalformedMediaException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the bits of a NAL unit's payload, leaving out emulation prevention bytes (ITU-T H.264 and
 * H.265, section 7.3.1) as it goes. Reading past the end throws, so every loop over it ends.
 */
public final class RbspReader {
  private final ByteBuffer bytes;
  private int next;
  private int zeros;
  private int current;
  private int bitsLeft;

  /**
   * @param nalUnit not changed, borrowed as long as the reader is used
   * @param headerBytes how many bytes of NAL unit header are passed over: 1 for H.264, 2 for H.265
   */
  public RbspReader(ByteBuffer nalUnit, int headerBytes) throws MalformedMediaException {
    this.bytes = nalUnit;
    this.next = nalUnit.position() + headerBytes;
    if (next > nalUnit.limit()) {
      throw new MalformedMediaException("a NAL unit shorter than its header");
    }
  }

  /** The payload without emulation prevention bytes, as an own copy. */
  public static byte[] unescape(ByteBuffer nalUnit, int headerBytes)
      throws MalformedMediaException {
    RbspReader reader = new RbspReader(nalUnit, headerBytes);
    byte[] payload = new byte[nalUnit.limit() - reader.next];
    int length = 0;
    while (reader.fetch()) {
      payload[length++] = (byte) reader.current;
    }
    return Arrays.copyOf(payload, length);
  }

  /** One bit. */
  public boolean flag() throws MalformedMediaException {
    return bits(1) == 1;
  }

  /**
   * An unsigned number, u(n).
   *
   * @param count 0 to 31
   */
  public int bits(int count) throws MalformedMediaException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (bitsLeft == 0) {
        if (!fetch()) {
          throw new MalformedMediaException("a NAL unit ends too early");
        }
        bitsLeft = 8;
      }
      bitsLeft--;
      value = (value << 1) | ((current >> bitsLeft) & 1);
    }
    return value;
  }

  /** Passes over bits. */
  public void skip(int count) throws MalformedMediaException {
    for (int left = count; left > 0; left -= 31) {
      bits(Math.min(left, 31));
    }
  }

  /** An unsigned Exp-Golomb number, ue(v), section 9.1. Numbers of more than 31 bits throw. */
  public int unsignedExpGolomb() throws MalformedMediaException {
    int zeroBits = 0;
    while (!flag()) {
      zeroBits++;
      if (zeroBits > 30) {
        throw new MalformedMediaException("an Exp-Golomb number of more than 31 bits");
      }
    }
    return (1 << zeroBits) - 1 + bits(zeroBits);
  }

  /** As {@link #unsignedExpGolomb}, and refuses what is more than {@code max}. */
  public int unsignedExpGolomb(int max, String name) throws MalformedMediaException {
    int value = unsignedExpGolomb();
    if (value > max) {
      throw new MalformedMediaException(name + " is " + value + ", more than " + max);
    }
    return value;
  }

  /** A signed Exp-Golomb number, se(v), section 9.1.1. */
  public int signedExpGolomb() throws MalformedMediaException {
    int code = unsignedExpGolomb();
    int magnitude = (code >>> 1) + (code & 1);
    return (code & 1) == 1 ? magnitude : -magnitude;
  }

  private boolean fetch() {
    if (next >= bytes.limit()) {
      return false;
    }
    int value = bytes.get(next++) & 0xFF;
    if (zeros >= 2 && value == 3) {
      zeros = 0;
      if (next >= bytes.limit()) {
        return false;
      }
      value = bytes.get(next++) & 0xFF;
    }
    zeros = value == 0 ? zeros + 1 : 0;
    current = value;
    return true;
  }
}
