package io.roadcast.sfu.webrtc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Another server may answer anything. */
final class WatchAnswerFuzzTest {
  private static final String ANSWER =
      """
      v=0\r
      o=- 1 1 IN IP4 0.0.0.0\r
      s=-\r
      t=0 0\r
      a=group:BUNDLE 0\r
      m=video 9 UDP/TLS/RTP/SAVPF 102 103\r
      a=ice-ufrag:EsAw\r
      a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r
      a=setup:passive\r
      a=mid:0\r
      a=sendonly\r
      a=rtpmap:102 H264/90000\r
      a=rtpmap:103 rtx/90000\r
      a=fmtp:103 apt=102\r
      """;

  @FuzzTest
  void anyAnswerIsReadOrRefused(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    for (String answer : new String[] {text, "v=0\r\n" + text, ANSWER + text}) {
      try {
        WatchAnswer.parse(answer);
      } catch (SdpException refused) {
        // as it should be
      }
    }
  }
}
