package io.roadcast.sfu.webrtc;

import java.util.BitSet;

/**
 * Keeps a ChangeCipherSpec from the handshake until the whole CertificateVerify came before it. The
 * protocol engine accepts a ChangeCipherSpec as soon as keys exist, which is one message too early:
 * from then on it would drop every repetition of a CertificateVerify that was lost, and the
 * handshake could never end. A dropped ChangeCipherSpec is simply repeated by the peer with the
 * rest of its flight (RFC 6347 4.2.4).
 *
 * <pre>
 * record:    type(1) version(2) epoch(2) sequence(6) length(2)
 * handshake: type(1) length(3) message_seq(2) fragment_offset(3) fragment_length(3)
 * </pre>
 */
final class CipherChangeGate {
  private static final int RECORD_HEADER_BYTES = 13;
  private static final int EPOCH_AT = 3;
  private static final int RECORD_LENGTH_AT = 11;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private static final int MESSAGE_HEADER_BYTES = 12;
  private static final int FRAGMENT_OFFSET_AT = 6;
  private static final int FRAGMENT_LENGTH_AT = 9;
  private static final int CERTIFICATE_VERIFY = 15;
  private static final int MAX_VERIFY_BYTES = 4096;

  private final BitSet received = new BitSet();
  private boolean open;

  /**
   * How many bytes of a datagram may pass: all, or those before a ChangeCipherSpec that is too
   * early.
   */
  int passing(byte[] datagram) {
    int at = 0;
    while (!open && at + RECORD_HEADER_BYTES <= datagram.length) {
      int payload = at + RECORD_HEADER_BYTES;
      int end = payload + number(datagram, at + RECORD_LENGTH_AT, 2);
      if (end > datagram.length) {
        break;
      }
      if (number(datagram, at + EPOCH_AT, 2) == 0) {
        if (datagram[at] == CHANGE_CIPHER_SPEC) {
          return at;
        }
        if (datagram[at] == HANDSHAKE) {
          readMessages(datagram, payload, end);
        }
      }
      at = end;
    }
    return datagram.length;
  }

  private void readMessages(byte[] datagram, int start, int end) {
    int at = start;
    while (at + MESSAGE_HEADER_BYTES <= end) {
      int length = number(datagram, at + 1, 3);
      int from = number(datagram, at + FRAGMENT_OFFSET_AT, 3);
      int count = number(datagram, at + FRAGMENT_LENGTH_AT, 3);
      boolean verify = datagram[at] == CERTIFICATE_VERIFY && length <= MAX_VERIFY_BYTES;
      at += MESSAGE_HEADER_BYTES + count;
      if (verify && from + count <= length && at <= end) {
        received.set(from, from + count);
        open |= received.nextClearBit(0) >= length;
      }
    }
  }

  private static int number(byte[] bytes, int at, int width) {
    int value = 0;
    for (int i = at; i < at + width; i++) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }
}
