package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IceFragmentTest {
  /** As Chromium's candidates look, in the frame of RFC 8840 section 9. */
  private static final String TOLD =
      """
      a=ice-ufrag:EsAw\r
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r
      m=video 9 UDP/TLS/RTP/SAVPF 96\r
      a=mid:0\r
      a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw\r
      a=candidate:3471623853 1 udp 2122194687 f1d3.local 61765 typ host generation 0\r
      a=candidate:1 1 udp 41885695 203.0.113.9 49170 typ relay raddr 192.0.2.1 rport 61764\r
      a=candidate:nonsense\r
      a=candidate:1 1 udp 1 203.0.113.9 70000 typ relay\r
      a=end-of-candidates\r
      """;

  @Test
  void findsCredentialsAndCandidates() {
    IceFragment fragment = IceFragment.parse(TOLD);

    assertThat(fragment.credentials())
        .contains(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
    assertThat(fragment.candidates())
        .containsExactly(
            new RemoteCandidate("1387637174", "udp", 2122260223L, "host", "192.0.2.1", 61764),
            new RemoteCandidate("3471623853", "udp", 2122194687L, "host", "f1d3.local", 61765),
            new RemoteCandidate("1", "udp", 41885695L, "relay", "203.0.113.9", 49170));
    assertThat(fragment.candidates().getLast().isRelay()).isTrue();
  }

  @Test
  void hasNoCredentialsWhereTheyBreakTheGrammar() {
    assertThat(IceFragment.parse("a=ice-ufrag:ab\r\na=ice-pwd:short\r\n").credentials()).isEmpty();
    assertThat(IceFragment.parse("").credentials()).isEmpty();
  }
}
