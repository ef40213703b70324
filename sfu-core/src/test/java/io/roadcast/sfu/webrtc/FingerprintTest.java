package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final String HEX = "AB:".repeat(31) + "CD";

  @Test
  void readsWhatItWrites() {
    Fingerprint own = DtlsCertificate.generate().fingerprint();
    assertThat(own.attribute()).matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(Fingerprint.parse(own.attribute())).contains(own);
  }

  @Test
  void ignoresCase() {
    assertThat(Fingerprint.parse("SHA-256 " + HEX.toLowerCase(Locale.ROOT)))
        .contains(new Fingerprint("sha-256", HEX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha-256", "sha-256 AB", "sha-1 AB:CD", "md5 AB:CD", "sha-512 AB:CD"})
  void refusesWhatIsWeakOrMalformed(String value) {
    assertThat(Fingerprint.parse(value)).isEmpty();
    assertThat(Fingerprint.parse("sha-256 " + HEX.replace(':', '-'))).isEmpty();
    assertThat(Fingerprint.parse("sha-256 " + HEX.replace('C', 'G'))).isEmpty();
  }
}
