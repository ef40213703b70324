package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SessionAnswerTest {
  private static final String ANSWER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=ice-lite
      a=group:BUNDLE 0 1
      m=audio 9 UDP/TLS/RTP/SAVPF 8
      a=mid:0
      a=ice-ufrag:abcd
      a=ice-pwd:0123456789012345678901
      a=fingerprint:sha-256 AB:CD
      a=setup:passive
      a=candidate:2 1 udp 2130706175 203.0.113.9 10000 typ host
      a=candidate:1 1 udp 2130706431 127.0.0.1 10000 typ host
      a=candidate:3 1 tcp 2130706000 127.0.0.1 10000 typ host tcptype passive
      a=candidate:4 1 udp 2130706000 some.local 10000 typ host
      m=video 9 UDP/TLS/RTP/SAVPF 109 114
      a=mid:1
      a=ice-ufrag:abcd
      a=rtpmap:109 H264/90000
      a=fmtp:109 packetization-mode=1
      a=rtpmap:114 rtx/90000
      a=fmtp:114 apt=109
      """;

  @Test
  void takesWhatConcernsAViewer() throws Exception {
    SessionAnswer answer = SessionAnswer.parse(ANSWER.replace("\n", "\r\n"));
    assertThat(answer.ice()).isEqualTo(new IceParameters("abcd", "0123456789012345678901"));
    assertThat(answer.fingerprint()).isEqualTo("sha-256 ab:cd");
    assertThat(answer.candidates())
        .extracting(candidate -> candidate.getAddress().getHostAddress())
        .containsExactly("127.0.0.1", "203.0.113.9");
    AnswerMedium video = answer.media().get(1);
    assertThat(video.format(109))
        .isEqualTo(new AnswerMedium.Format(109, "H264", 90_000, "packetization-mode=1", 114));
    assertThat(video.format(114)).isNull();
    assertThat(video.repairedBy(114)).isEqualTo(109);
    assertThat(answer.media().getFirst().format(8))
        .isEqualTo(new AnswerMedium.Format(8, "PCMA", 8000, "", -1));
  }

  @Test
  void refusesWhatItCannotUse() {
    for (String broken :
        new String[] {
          "",
          "v=0",
          ANSWER.replace("passive\n", "active\n"),
          ANSWER.replaceAll("a=ice-pwd.*\n", ""),
          ANSWER.replaceAll("a=fingerprint.*\n", ""),
          ANSWER.replace(" 10000 typ", " 100000 typ"),
          ANSWER.replace("m=audio 9", "m=audio"),
          ANSWER.replace("H264/90000", "H264/many"),
          ANSWER.replace("rtpmap:109", "rtpmap:x")
        }) {
      assertThatThrownBy(() -> SessionAnswer.parse(broken)).isInstanceOf(SdpAnswerException.class);
    }
  }
}
