package io.roadcast.sfu.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

  @Test
  void aNativeOneThatIsWantedIsNativeOrRefused() {
    try {
      SrtpEngines.Choice choice = SrtpEngines.choose(SrtpEngines.Preference.NATIVE);
      assertThat(choice.engine().preferredMemory()).isEqualTo(SlabKind.NATIVE);
    } catch (NativeEngineException e) {
      assertThat(e).hasMessageContaining("AWS-LC");
    }
  }
}
