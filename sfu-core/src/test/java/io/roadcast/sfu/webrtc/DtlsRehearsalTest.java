package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DtlsRehearsalTest {
  @Test
  void theServerShakesHandsWithItself() {
    assertThat(DtlsRehearsal.run(DtlsCertificate.generate(), 3)).isEqualTo(3);
  }
}
