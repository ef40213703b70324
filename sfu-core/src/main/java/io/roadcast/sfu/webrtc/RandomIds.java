package io.roadcast.sfu.webrtc;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** Random names and numbers of one session. */
final class RandomIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Set<Integer> used = new HashSet<>(Set.of(0));

  /** An SSRC that this session has not used yet, never 0. */
  int ssrc() {
    int ssrc;
    do {
      ssrc = RANDOM.nextInt();
    } while (!used.add(ssrc));
    return ssrc;
  }

  /** 96 random bits as hex digits (RFC 7022 4.2). */
  String name() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A session id for the o-line, positive (RFC 8829 5.2.1). */
  long sessionId() {
    return RANDOM.nextLong() >>> 2;
  }
}
