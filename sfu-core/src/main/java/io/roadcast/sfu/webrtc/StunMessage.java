package io.roadcast.sfu.webrtc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message seen in a datagram (RFC 8489 5). A view: it keeps the datagram's array, which must
 * not change while the message is in use.
 *
 * <pre>
 *  0                   1                   2                   3
 *  |0 0|     STUN Message Type     |         Message Length        |
 *  |                         Magic Cookie                          |
 *  |                     Transaction ID (96 bits)                  |
 * </pre>
 */
final class StunMessage {
  static final int HEADER_BYTES = 20;
  static final int MAGIC_COOKIE = 0x2112_a442;
  static final int TRANSACTION_ID_BYTES = 12;
  static final int FINGERPRINT_XOR = 0x5354_554e;

  static final int BINDING_REQUEST = 0x0001;
  static final int BINDING_SUCCESS = 0x0101;
  static final int BINDING_ERROR = 0x0111;

  private static final int MAX_UNKNOWN = 8;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int offset;
  private final int end;
  private int usernameAt = -1;
  private int usernameLength;
  private int integrityAt = -1;
  private int fingerprintAt = -1;
  private boolean useCandidate;
  private boolean controlling;
  private boolean controlled;
  private int[] unknown = {};

  private StunMessage(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.end = offset + length;
  }

  /**
   * Whether a datagram claims to be STUN: two zero bits, a length that fits, and the magic cookie.
   */
  static boolean looksLikeStun(byte[] bytes, int offset, int length) {
    return length >= HEADER_BYTES
        && (bytes[offset] & 0xc0) == 0
        && (length & 3) == 0
        && shortAt(bytes, offset + 2) == length - HEADER_BYTES
        && (int) INT.get(bytes, offset + 4) == MAGIC_COOKIE;
  }

  /** The message, or null if the datagram is not well-formed STUN. */
  static @Nullable StunMessage parse(byte[] bytes, int offset, int length) {
    if (!looksLikeStun(bytes, offset, length)) {
      return null;
    }
    StunMessage message = new StunMessage(bytes, offset, length);
    return message.readAttributes() ? message : null;
  }

  private boolean readAttributes() {
    int at = offset + HEADER_BYTES;
    while (at < end) {
      if (fingerprintAt >= 0) {
        return false;
      }
      int length = shortAt(bytes, at + 2);
      int next = at + StunAttribute.HEADER_BYTES + StunAttribute.padded(length);
      if (next > end || !readAttribute(shortAt(bytes, at), at, length)) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private boolean readAttribute(int type, int at, int length) {
    if (type == StunAttribute.FINGERPRINT) {
      fingerprintAt = at;
      return length == 4;
    }
    if (integrityAt >= 0) {
      return true; // RFC 8489 14.5: what follows the integrity is to be ignored
    }
    switch (type) {
      case StunAttribute.USERNAME -> {
        if (usernameAt < 0) {
          usernameAt = at + StunAttribute.HEADER_BYTES;
          usernameLength = length;
        }
      }
      case StunAttribute.MESSAGE_INTEGRITY -> {
        integrityAt = at;
        return length == StunAttribute.INTEGRITY_BYTES;
      }
      case StunAttribute.USE_CANDIDATE -> useCandidate = true;
      case StunAttribute.ICE_CONTROLLING -> controlling = true;
      case StunAttribute.ICE_CONTROLLED -> controlled = true;
      case StunAttribute.PRIORITY,
          StunAttribute.XOR_MAPPED_ADDRESS,
          StunAttribute.ERROR_CODE,
          StunAttribute.UNKNOWN_ATTRIBUTES -> {
        // understood, but of no use to a responder
      }
      default -> {
        if (type < StunAttribute.OPTIONAL && unknown.length < MAX_UNKNOWN) {
          unknown = Arrays.copyOf(unknown, unknown.length + 1);
          unknown[unknown.length - 1] = type;
        }
      }
    }
    return true;
  }

  /** Class and method, e.g. {@link #BINDING_REQUEST}. */
  int type() {
    return shortAt(bytes, offset);
  }

  void copyTransactionId(byte[] target, int at) {
    System.arraycopy(bytes, offset + 8, target, at, TRANSACTION_ID_BYTES);
  }

  /**
   * What stands before the colon of USERNAME: the fragment of the one who is asked. Null without a
   * USERNAME.
   */
  @Nullable String localUfrag() {
    if (usernameAt < 0) {
      return null;
    }
    int length = 0;
    while (length < usernameLength && bytes[usernameAt + length] != ':') {
      length++;
    }
    return new String(bytes, usernameAt, length, StandardCharsets.ISO_8859_1);
  }

  boolean hasIntegrity() {
    return integrityAt >= 0;
  }

  boolean useCandidate() {
    return useCandidate;
  }

  boolean controlled() {
    return controlled;
  }

  boolean controlling() {
    return controlling;
  }

  /** Types that must be understood and are not; the first eight of them. */
  int[] unknownAttributes() {
    return unknown;
  }

  /** Whether MESSAGE-INTEGRITY is there and right; takes the same time wherever it differs. */
  boolean isAuthentic(Mac initialized) {
    if (integrityAt < 0) {
      return false;
    }
    byte[] expected = integrity(initialized, bytes, offset, integrityAt - offset);
    int at = integrityAt + StunAttribute.HEADER_BYTES;
    return MessageDigest.isEqual(
        expected, Arrays.copyOfRange(bytes, at, at + StunAttribute.INTEGRITY_BYTES));
  }

  /** Whether FINGERPRINT is absent or right. */
  boolean hasValidFingerprint() {
    return fingerprintAt < 0
        || fingerprint(bytes, offset, fingerprintAt - offset)
            == (int) INT.get(bytes, fingerprintAt + StunAttribute.HEADER_BYTES);
  }

  /**
   * HMAC over a message up to its integrity attribute, with the length as if it ended behind that
   * (14.5).
   */
  static byte[] integrity(Mac initialized, byte[] bytes, int offset, int length) {
    int counted =
        length - HEADER_BYTES + StunAttribute.HEADER_BYTES + StunAttribute.INTEGRITY_BYTES;
    initialized.update(bytes, offset, 2);
    initialized.update((byte) (counted >>> 8));
    initialized.update((byte) counted);
    initialized.update(bytes, offset + 4, length - 4);
    return initialized.doFinal();
  }

  /**
   * CRC-32 over a message up to its fingerprint attribute; the header's length must count that
   * already (14.7).
   */
  static int fingerprint(byte[] bytes, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, length);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }

  private static int shortAt(byte[] bytes, int offset) {
    return (short) SHORT.get(bytes, offset) & 0xffff;
  }
}
