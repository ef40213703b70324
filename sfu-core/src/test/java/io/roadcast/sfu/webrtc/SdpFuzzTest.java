package io.roadcast.sfu.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

class SdpFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void answersOrRefusesAnyOffer(byte[] bytes) {
    try {
      SdpAnswer.to(
          SdpOffer.parse(new String(bytes, UTF_8)),
          Offers.MAIN,
          List.of(Offers.ALAW),
          Offers.local());
    } catch (SdpException | CodecNotSupportedException e) {
      // a typed refusal is what is wanted
    }
  }
}
