package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpEnginesTest {
  @Test
  void theJdkIsTakenWhereItIsWanted() throws Exception {
    SrtpEngines.Choice choice = SrtpEngines.choose(SrtpEngines.Preference.JDK);
    assertThat(choice.engine().name()).isEqualTo("jdk");
    assertThat(choice.reason()).isEqualTo("as configured");
  }

  @Test
  void thereIsAlwaysABestOneThatEncryptsRightly() {
    SrtpEngines.Choice choice = SrtpEngines.chooseBest();
    assertThat(choice.reason()).isNotBlank();
    for (KnownAnswer answer : KnownAnswer.values()) {
      assertThat(answer.isGivenBy(choice.engine())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "IPSEC_MB", "AWS_LC"})
  void aNativeOneThatIsWantedIsNativeOrRefused(SrtpEngines.Preference preference) {
    try {
      SrtpEngines.Choice choice = SrtpEngines.choose(preference);
      assertThat(choice.engine().preferredMemory()).isEqualTo(SlabKind.NATIVE);
    } catch (NativeEngineException e) {
      assertThat(e).hasMessageFindingMatch("AWS-LC|IPsec-MB|native code");
    }
  }

  @Test
  void whyTheFastestIsNotTakenIsSaid() throws Exception {
    try {
      NativeSrtpEngine fastest = SrtpEngines.ipsecMb();
      assertThat(SrtpEngines.chooseBest().engine().name()).isEqualTo(fastest.name());
    } catch (NativeEngineException e) {
      assertThat(SrtpEngines.chooseBest().reason()).contains(e.getMessage());
    }
  }
}
