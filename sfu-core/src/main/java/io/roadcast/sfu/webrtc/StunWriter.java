package io.roadcast.sfu.webrtc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;

/** Writes one STUN message, attribute by attribute, into an array of its own. */
final class StunWriter {
  private static final int IPV4 = 1;
  private static final int IPV6 = 2;
  private static final int LENGTH_AT = 2;
  private static final int TRANSACTION_ID_AT = 8;

  private final ByteBuffer buffer = ByteBuffer.allocate(512);

  /** Begins a message with a transaction of the caller's. */
  StunWriter(int type, byte[] transactionId) {
    header(type);
    buffer.put(transactionId, 0, StunMessage.TRANSACTION_ID_BYTES);
  }

  /** Begins the answer to a request. */
  StunWriter(int type, StunMessage request) {
    header(type);
    request.copyTransactionId(buffer.array(), TRANSACTION_ID_AT);
    buffer.position(StunMessage.HEADER_BYTES);
  }

  private void header(int type) {
    buffer.putShort((short) type).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
  }

  /** Appends any attribute, padded with zeros. */
  StunWriter attribute(int type, byte... value) {
    buffer.putShort((short) type).putShort((short) value.length).put(value);
    buffer.position(StunAttribute.padded(buffer.position()));
    return this;
  }

  /** Appends XOR-MAPPED-ADDRESS (RFC 8489 14.2). */
  StunWriter mappedAddress(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    for (int i = 0; i < ip.length; i++) {
      ip[i] ^= buffer.get(4 + i); // magic cookie, then transaction id
    }
    buffer.putShort((short) StunAttribute.XOR_MAPPED_ADDRESS).putShort((short) (4 + ip.length));
    buffer.putShort((short) (ip.length == 4 ? IPV4 : IPV6));
    buffer.putShort((short) (address.getPort() ^ StunMessage.MAGIC_COOKIE >>> 16)).put(ip);
    return this;
  }

  /** Appends ERROR-CODE without a reason phrase, which nobody reads (RFC 8489 14.8). */
  StunWriter errorCode(int code) {
    return attribute(
        StunAttribute.ERROR_CODE, (byte) 0, (byte) 0, (byte) (code / 100), (byte) (code % 100));
  }

  /** Appends UNKNOWN-ATTRIBUTES (RFC 8489 14.9). */
  StunWriter unknownAttributes(int[] types) {
    byte[] value = new byte[2 * types.length];
    for (int i = 0; i < types.length; i++) {
      value[2 * i] = (byte) (types[i] >>> 8);
      value[2 * i + 1] = (byte) types[i];
    }
    return attribute(StunAttribute.UNKNOWN_ATTRIBUTES, value);
  }

  /** Appends MESSAGE-INTEGRITY over what is written so far. */
  StunWriter integrity(Mac initialized) {
    return attribute(
        StunAttribute.MESSAGE_INTEGRITY,
        StunMessage.integrity(initialized, buffer.array(), 0, buffer.position()));
  }

  /** Appends FINGERPRINT and gives the finished message. */
  byte[] finish() {
    int at = buffer.position();
    int length = at + StunAttribute.HEADER_BYTES + 4;
    buffer.putShort(LENGTH_AT, (short) (length - StunMessage.HEADER_BYTES));
    int crc = StunMessage.fingerprint(buffer.array(), 0, at);
    buffer.putShort((short) StunAttribute.FINGERPRINT).putShort((short) 4).putInt(crc);
    return Arrays.copyOf(buffer.array(), length);
  }
}
