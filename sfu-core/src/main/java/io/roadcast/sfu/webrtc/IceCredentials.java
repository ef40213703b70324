package io.roadcast.sfu.webrtc;

import java.security.SecureRandom;

/**
 * User name fragment and password of one end of an ICE session (RFC 8445 5.3, RFC 8839 5.4).
 *
 * @param ufrag 4 to 256 letters, digits, '+' or '/'
 * @param password 22 to 256 of the same
 */
public record IceCredentials(String ufrag, String password) {
  private static final String ICE_CHARS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int MAX_LENGTH = 256;
  private static final int MIN_UFRAG = 4;
  private static final int MIN_PASSWORD = 22;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Rejects what the grammar does not allow. */
  public IceCredentials {
    require("ufrag", ufrag, MIN_UFRAG);
    require("password", password, MIN_PASSWORD);
  }

  /**
   * 60 random bits of fragment, so that no two sessions share one by chance, and 144 of password.
   */
  public static IceCredentials random() {
    return new IceCredentials(random(10), random(24));
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ICE_CHARS.charAt(RANDOM.nextInt(ICE_CHARS.length())));
    }
    return text.toString();
  }

  private static void require(String what, String value, int minimum) {
    if (value.length() < minimum
        || value.length() > MAX_LENGTH
        || !value.chars().allMatch(c -> ICE_CHARS.indexOf(c) >= 0)) {
      throw new IllegalArgumentException("not an ICE " + what);
    }
  }

  @Override
  public String toString() {
    return "IceCredentials[" + ufrag + "]";
  }
}
