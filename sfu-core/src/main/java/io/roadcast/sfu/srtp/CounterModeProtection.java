package io.roadcast.sfu.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES128_CM_HMAC_SHA1_80 (RFC 3711 4.1.1, 4.2.1). The counter starts at (salt * 2^16) XOR (SSRC *
 * 2^64) XOR (index * 2^16); the tag is the first ten bytes of HMAC-SHA1 over the packet and, for
 * RTP, the roll-over counter.
 */
final class CounterModeProtection implements PacketProtection {
  private static final int TAG_BYTES = 10;

  private final Cipher cipher;
  private final Mac mac;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final byte[] counter = new byte[16];
  private final byte[] rollover = new byte[4];
  private final byte[] digest = new byte[20];

  CounterModeProtection(SessionKeys keys) {
    try {
      cipher = Cipher.getInstance("AES/CTR/NoPadding");
      mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode and HMAC-SHA1 are part of every JDK", e);
    }
    key = new SecretKeySpec(keys.encryption(), "AES");
    salt = Arrays.copyOf(keys.salt(), counter.length);
  }

  @Override
  public void seal(
      byte[] source,
      int sourceOffset,
      int payloadLength,
      byte[] packet,
      int offset,
      int headerLength,
      int ssrc,
      long index) {
    BigEndian.putInt(rollover, 0, (int) (index >>> 16));
    try {
      encrypt(source, sourceOffset, payloadLength, packet, offset + headerLength, ssrc, index);
      mac.update(packet, offset, headerLength + payloadLength);
      mac.update(rollover);
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("packet could not be encrypted", e);
    }
    System.arraycopy(digest, 0, packet, offset + headerLength + payloadLength, TAG_BYTES);
  }

  @Override
  public int sealControl(byte[] packet, int offset, int length, int ssrc, int index) {
    int payload = offset + RTCP_HEADER_BYTES;
    BigEndian.putInt(packet, offset + length, index | ENCRYPTED_FLAG);
    try {
      encrypt(packet, payload, length - RTCP_HEADER_BYTES, packet, payload, ssrc, index);
      mac.update(packet, offset, length + 4);
      mac.doFinal(digest, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("packet could not be encrypted", e);
    }
    System.arraycopy(digest, 0, packet, offset + length + 4, TAG_BYTES);
    return length + 4 + TAG_BYTES;
  }

  private void encrypt(
      byte[] source, int from, int length, byte[] target, int to, int ssrc, long index)
      throws GeneralSecurityException {
    System.arraycopy(salt, 0, counter, 0, counter.length);
    BigEndian.xorInt(counter, 4, ssrc);
    BigEndian.xorIndex(counter, 8, index);
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
    cipher.doFinal(source, from, length, target, to);
  }
}
