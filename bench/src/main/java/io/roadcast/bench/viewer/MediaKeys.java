package io.roadcast.bench.viewer;

import java.util.Arrays;

/**
 * What the DTLS exporter gave (RFC 5764, section 4.2): client key, server key, client salt, server
 * salt. We are the client.
 */
@SuppressWarnings("ArrayRecordComponent")
record MediaKeys(
    SrtpSuite suite, byte[] ownKey, byte[] ownSalt, byte[] serverKey, byte[] serverSalt) {

  static int exportBytes(SrtpSuite suite) {
    return 2 * (suite.keyBytes() + suite.saltBytes());
  }

  static MediaKeys of(SrtpSuite suite, byte[] exported) {
    int key = suite.keyBytes();
    int salt = suite.saltBytes();
    return new MediaKeys(
        suite,
        Arrays.copyOfRange(exported, 0, key),
        Arrays.copyOfRange(exported, 2 * key, 2 * key + salt),
        Arrays.copyOfRange(exported, key, 2 * key),
        Arrays.copyOfRange(exported, 2 * key + salt, 2 * key + 2 * salt));
  }

  @Override
  public String toString() {
    return "MediaKeys[" + suite + "]";
  }
}
