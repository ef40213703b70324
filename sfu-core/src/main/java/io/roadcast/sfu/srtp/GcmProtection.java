package io.roadcast.sfu.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AEAD_AES_128_GCM (RFC 7714 8 and 9). The nonce is the salt XOR (16 zero bits, SSRC, 48-bit
 * index); the header, or for RTCP header and index word, is authenticated only.
 */
final class GcmProtection implements PacketProtection {
  private static final int TAG_BYTES = 16;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] salt;
  private final byte[] nonce = new byte[12];
  private final byte[] controlAad = new byte[RTCP_HEADER_BYTES + 4];

  GcmProtection(SessionKeys keys) {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
    key = new SecretKeySpec(keys.encryption(), "AES");
    salt = keys.salt();
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
    try {
      start(ssrc, index);
      cipher.updateAAD(packet, offset, headerLength);
      cipher.doFinal(source, sourceOffset, payloadLength, packet, offset + headerLength);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("packet could not be encrypted", e);
    }
  }

  @Override
  public int sealControl(byte[] packet, int offset, int length, int ssrc, int index) {
    int word = index | ENCRYPTED_FLAG;
    System.arraycopy(packet, offset, controlAad, 0, RTCP_HEADER_BYTES);
    BigEndian.putInt(controlAad, RTCP_HEADER_BYTES, word);
    int payload = offset + RTCP_HEADER_BYTES;
    try {
      start(ssrc, index);
      cipher.updateAAD(controlAad);
      cipher.doFinal(packet, payload, length - RTCP_HEADER_BYTES, packet, payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("packet could not be encrypted", e);
    }
    BigEndian.putInt(packet, offset + length + TAG_BYTES, word);
    return length + TAG_BYTES + 4;
  }

  private void start(int ssrc, long index) throws GeneralSecurityException {
    System.arraycopy(salt, 0, nonce, 0, nonce.length);
    BigEndian.xorInt(nonce, 2, ssrc);
    BigEndian.xorIndex(nonce, 6, index);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
  }
}
