package io.roadcast.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes STUN messages (RFC 8489), right or wrong ones, by other code than the server's. */
final class Stun {
  static final int BINDING_REQUEST = 0x0001;
  static final int BINDING_INDICATION = 0x0011;
  static final int BINDING_SUCCESS = 0x0101;

  private static final int COOKIE = 0x2112A442;
  private static final int USERNAME = 0x0006;
  private static final int MESSAGE_INTEGRITY = 0x0008;
  private static final int PRIORITY = 0x0024;
  private static final int USE_CANDIDATE = 0x0025;
  private static final int FINGERPRINT = 0x8028;
  private static final int CONTROLLING = 0x802A;
  private static final int HEADER_BYTES = 20;

  private final int type;
  private final byte[] transaction = new byte[12];
  private final ByteArrayOutputStream attributes = new ByteArrayOutputStream();

  Stun(int type, Random random) {
    this.type = type;
    random.nextBytes(transaction);
  }

  /** A check as a full, controlling agent sends it, up to the password. */
  static Stun check(String userName, Random random) {
    return new Stun(BINDING_REQUEST, random)
        .attribute(USERNAME, userName.getBytes(StandardCharsets.UTF_8))
        .attribute(PRIORITY, new byte[] {0x6e, 0, 1, 0})
        .attribute(CONTROLLING, new byte[8])
        .attribute(USE_CANDIDATE, new byte[0]);
  }

  Stun attribute(int number, byte[] value) {
    attributes.writeBytes(
        ByteBuffer.allocate(4).putShort((short) number).putShort((short) value.length).array());
    attributes.writeBytes(value);
    attributes.writeBytes(new byte[-value.length & 3]);
    return this;
  }

  Stun integrity(String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return attribute(MESSAGE_INTEGRITY, mac.doFinal(bytes(4 + mac.getMacLength())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Stun fingerprint() {
    return fingerprint(0x5354554e);
  }

  /**
   * @param mask 0x5354554e is the right one
   */
  Stun fingerprint(int mask) {
    CRC32 crc = new CRC32();
    crc.update(bytes(8));
    return attribute(
        FINGERPRINT, ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ mask).array());
  }

  byte[] bytes() {
    return bytes(0);
  }

  /** As if so many bytes were to follow. */
  private byte[] bytes(int more) {
    return ByteBuffer.allocate(HEADER_BYTES + attributes.size())
        .putShort((short) type)
        .putShort((short) (attributes.size() + more))
        .putInt(COOKIE)
        .put(transaction)
        .put(attributes.toByteArray())
        .array();
  }
}
