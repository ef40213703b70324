package io.roadcast.sfu.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that protect packets, derived from a master key with AES in counter mode and a
 * derivation rate of 0 (RFC 3711 4.3).
 *
 * @param encryption the AES key
 * @param authentication the HMAC-SHA1 key; unused with GCM
 * @param salt as long as the master salt
 */
@SuppressWarnings("ArrayRecordComponent")
record SessionKeys(byte[] encryption, byte[] authentication, byte[] salt) {
  private static final int AUTHENTICATION_KEY_BYTES = 20;
  private static final int COUNTER_SALT_BYTES = 14;
  private static final int LABEL_POSITION = 7;

  private static final int RTP_LABELS = 0;
  private static final int RTCP_LABELS = 3;

  static SessionKeys forRtp(SrtpProfile profile, SrtpKeys.Master master) {
    return derive(profile, master, RTP_LABELS);
  }

  static SessionKeys forRtcp(SrtpProfile profile, SrtpKeys.Master master) {
    return derive(profile, master, RTCP_LABELS);
  }

  private static SessionKeys derive(SrtpProfile profile, SrtpKeys.Master master, int firstLabel) {
    return new SessionKeys(
        expand(master, firstLabel, profile.keyBytes()),
        expand(master, firstLabel + 1, AUTHENTICATION_KEY_BYTES),
        expand(master, firstLabel + 2, profile.saltBytes()));
  }

  /**
   * One derived key: the counter-mode key stream at (salt XOR label) * 2^16; a short salt is padded
   * on the right.
   */
  static byte[] expand(SrtpKeys.Master master, int label, int length) {
    byte[] iv = Arrays.copyOf(Arrays.copyOf(master.salt(), COUNTER_SALT_BYTES), 16);
    iv[LABEL_POSITION] ^= (byte) label;
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(master.key(), "AES"), new IvParameterSpec(iv));
      return cipher.doFinal(new byte[length]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES in counter mode is part of every JDK", e);
    }
  }

  @Override
  public String toString() {
    return "SessionKeys[hidden]";
  }
}
