package io.roadcast.bench.fanout;

import io.roadcast.sfu.webrtc.IceCredentials;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes the connectivity check that makes a viewer a worker's (RFC 8445 7.2.2, RFC 8489). */
final class StunCheck {
  private static final int HEADER_BYTES = 20;
  private static final int INTEGRITY_BYTES = 24;
  private static final int FINGERPRINT_BYTES = 8;
  private static final int FINGERPRINT_XOR = 0x5354_554e;

  private StunCheck() {}

  /**
   * A nominating check.
   *
   * @param server the credentials it has to show
   * @param transaction any number
   */
  static byte[] nominating(IceCredentials server, int transaction) {
    byte[] user = (server.ufrag() + ":peer").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer message = ByteBuffer.allocate(200);
    message.putShort((short) 0x0001).putShort((short) 0).putInt(0x2112_a442);
    message.putLong(0).putInt(transaction);
    attribute(message, 0x0006, user);
    attribute(message, 0x0024, ByteBuffer.allocate(4).putInt(1_845_501_695).array());
    attribute(message, 0x802a, new byte[8]);
    attribute(message, 0x0025, new byte[0]);
    integrity(message, server.password());
    fingerprint(message);
    return Arrays.copyOf(message.array(), message.position());
  }

  private static void attribute(ByteBuffer message, int type, byte[] value) {
    message.putShort((short) type).putShort((short) value.length).put(value);
    message.position(message.position() + 3 & ~3);
  }

  private static void integrity(ByteBuffer message, String password) {
    announce(message, INTEGRITY_BYTES);
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
      mac.update(message.array(), 0, message.position());
      attribute(message, 0x0008, mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is part of every JDK", e);
    }
  }

  private static void fingerprint(ByteBuffer message) {
    announce(message, FINGERPRINT_BYTES);
    CRC32 crc = new CRC32();
    crc.update(message.array(), 0, message.position());
    int value = (int) crc.getValue() ^ FINGERPRINT_XOR;
    attribute(message, 0x8028, ByteBuffer.allocate(4).putInt(value).array());
  }

  /** The length that the header tells includes the attribute that is being made. */
  private static void announce(ByteBuffer message, int attributeBytes) {
    message.putShort(2, (short) (message.position() - HEADER_BYTES + attributeBytes));
  }
}
