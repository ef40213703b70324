package io.roadcast.bench.viewer;

import java.security.SecureRandom;

/** User name fragment and password of one side (RFC 8445, section 5.3). */
record IceParameters(String ufrag, String password) {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  static IceParameters random(SecureRandom random) {
    return new IceParameters(word(random, 4), word(random, 24));
  }

  private static String word(SecureRandom random, int length) {
    StringBuilder word = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  @Override
  public String toString() {
    return "IceParameters[" + ufrag + "]";
  }
}
