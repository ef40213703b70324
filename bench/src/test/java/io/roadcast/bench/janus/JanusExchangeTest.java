package io.roadcast.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JanusExchangeTest {
  private static final String OFFER =
      String.join(
          "\r\n",
          "v=0",
          "o=- 1 1 IN IP4 192.0.2.2",
          "s=Mountpoint 1",
          "t=0 0",
          "a=group:BUNDLE v",
          "a=fingerprint:sha-256 94:4B",
          "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
          "c=IN IP4 192.0.2.2",
          "a=sendonly",
          "a=mid:v",
          "a=ice-ufrag:theirs",
          "a=ice-pwd:theirpassword",
          "a=setup:actpass",
          "a=rtpmap:96 H264/90000",
          "a=rtcp-fb:96 nack",
          "a=rtcp-fb:96 transport-cc",
          "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
          "a=fmtp:96 packetization-mode=1",
          "a=rtpmap:97 rtx/90000",
          "a=fmtp:97 apt=96",
          "a=candidate:1 1 udp 2015363327 192.0.2.2 54870 typ host",
          "a=candidate:2 1 udp 2015363583 fd00::2 34582 typ host",
          "");

  private static final String VIEWER =
      "v=0\r\na=ice-ufrag:ours\r\na=ice-pwd:ourpassword\r\na=fingerprint:sha-256 01:02\r\n"
          + "a=candidate:1 1 udp 2130706431 127.0.0.1 40001 typ host\r\n";

  @Test
  void theViewerSeesAnAnswerOfAServerThatIsPassive() {
    assertThat(JanusExchange.asAnswer(OFFER).lines().toList())
        .contains(
            "a=setup:passive",
            "a=ice-ufrag:theirs",
            "a=candidate:1 1 udp 2015363327 192.0.2.2 54870 typ host")
        .noneMatch(line -> line.contains("fd00::2") || line.contains("actpass"));
  }

  @Test
  void janusGetsAnAnswerWithTheViewersIceAndDtls() {
    List<String> answer = JanusExchange.answerTo(OFFER, VIEWER).lines().toList();
    assertThat(answer)
        .contains(
            "a=group:BUNDLE v",
            "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
            "a=mid:v",
            "a=recvonly",
            "a=setup:active",
            "a=ice-ufrag:ours",
            "a=ice-pwd:ourpassword",
            "a=fingerprint:sha-256 01:02",
            "a=rtpmap:96 H264/90000",
            "a=fmtp:97 apt=96",
            "a=rtcp-fb:96 nack",
            "a=candidate:1 1 udp 2130706431 192.0.2.2 40001 typ host")
        .noneMatch(line -> line.contains("extmap") || line.contains("theirs"));
  }
}
