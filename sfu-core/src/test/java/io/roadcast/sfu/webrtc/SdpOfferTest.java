package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpOfferTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{\"type\":\"offer\"}",
        "v=0\n",
        "v=0\nnonsense",
        "v=0\nm=video",
        "v=0\nm=video x UDP/TLS/RTP/SAVPF 96",
        "v=0\nm=video 99999 UDP/TLS/RTP/SAVPF 96",
        "v=0\nm=video 9 UDP/TLS/RTP/SAVPF 200",
        "v=0\nm=video 9 UDP/TLS/RTP/SAVPF x",
        "v=0\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=rtpmap:96 H264",
        "v=0\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=rtpmap:96 H264/fast",
        "v=0\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=extmap:x uri",
        "v=0\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:",
        "v=0\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=fmtp:-1 x"
      })
  void refusesNonsense(String text) {
    assertThatThrownBy(() -> SdpOffer.parse(text))
        .isInstanceOf(SdpException.class)
        .hasMessageMatching(".{5,}");
  }

  @Test
  void isBounded() {
    assertThatThrownBy(() -> SdpOffer.parse("v=0\n" + "a=".repeat(40_000)))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("longer");
    assertThatThrownBy(() -> SdpOffer.parse(Offers.video() + "a=x\n".repeat(501)))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("too many");
    assertThatThrownBy(
            () -> SdpOffer.parse("v=0\n" + "m=video 9 UDP/TLS/RTP/SAVPF 96\n".repeat(33)))
        .isInstanceOf(SdpException.class)
        .hasMessageContaining("too many");
  }

  @Test
  void readsBothLineEnds() throws Exception {
    String offer = Offers.chromium();
    assertThat(SdpOffer.parse(offer).media())
        .isEqualTo(SdpOffer.parse(offer.replace("\r\n", "\n")).media());
  }

  @Test
  void survivesDamagedOffers() throws Exception {
    Random random = new Random(5);
    String good = Offers.chromiumWithDataChannel();
    int answered = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int changes = 1 + random.nextInt(20); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(256));
          case 1 -> text.deleteCharAt(at);
          default -> text.insert(at, "\r\n");
        }
      }
      try {
        SdpAnswer.to(
            SdpOffer.parse(text.toString()), Offers.MAIN, List.of(Offers.ALAW), Offers.local());
        answered++;
      } catch (SdpException | CodecNotSupportedException e) {
        assertThat(e).hasMessageMatching("(?s).{5,}");
      }
    }
    assertThat(answered).isPositive();
  }
}
