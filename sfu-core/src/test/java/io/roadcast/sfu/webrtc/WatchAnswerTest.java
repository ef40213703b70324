package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roadcast.media.Codec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WatchAnswerTest {
  private static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "AB";
  private static final String ANSWER =
      """
      v=0\r
      o=- 1 1 IN IP4 0.0.0.0\r
      s=-\r
      t=0 0\r
      a=group:BUNDLE 0 1\r
      m=video 9 UDP/TLS/RTP/SAVPF 102 103\r
      a=candidate:1 1 udp 2122260223 192.0.2.1 10000 typ host\r
      a=ice-ufrag:EsAw\r
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r
      a=fingerprint:%s\r
      a=setup:active\r
      a=mid:0\r
      a=sendonly\r
      a=rtpmap:102 H264/90000\r
      a=rtpmap:103 rtx/90000\r
      a=fmtp:103 apt=102\r
      m=audio 9 UDP/TLS/RTP/SAVPF 8\r
      a=mid:1\r
      a=sendonly\r
      """
          .formatted(FINGERPRINT);

  @Test
  void readsWhatWasAgreed() throws Exception {
    WatchAnswer answer = WatchAnswer.parse(ANSWER);
    assertThat(answer.media())
        .isEqualTo(
            Map.of(
                102, new WatchAnswer.Format(Codec.H264, false),
                103, new WatchAnswer.Format(Codec.H264, true),
                8, new WatchAnswer.Format(Codec.PCMA, false)));
    assertThat(answer.weCall()).isFalse();
    assertThat(answer.fingerprint().attribute()).isEqualTo(FINGERPRINT);
    assertThat(answer.candidates()).hasSize(1);
  }

  @Test
  void refusesAnAnswerThatLacksSomething() {
    for (String needed : List.of("a=setup", "a=ice-pwd", "a=fingerprint")) {
      assertRefused(ANSWER.replaceAll(needed + ".*\r\n", ""));
    }
    assertRefused(ANSWER.replace("a=sendonly", "a=inactive"));
    assertRefused(ANSWER.replace("setup:active", "setup:actpass"));
  }

  @Test
  void ourOfferIsOneThatWeWouldAnswer() throws Exception {
    String offer =
        WatchOffer.write(
            new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"),
            Fingerprint.parse(FINGERPRINT).orElseThrow(),
            List.of(new InetSocketAddress("192.0.2.7", 10_000)));
    SdpOffer read = SdpOffer.parse(offer);
    assertThat(read.media()).extracting(SdpMedia::kind).containsExactly("video", "audio");
    assertThat(read.media()).allMatch(SdpMedia::receives).allMatch(read::isBundled);
    assertThat(offer).contains("a=setup:actpass", "192.0.2.7 10000 typ host");
  }

  private static void assertRefused(String answer) {
    assertThatExceptionOfType(SdpException.class).isThrownBy(() -> WatchAnswer.parse(answer));
  }
}
