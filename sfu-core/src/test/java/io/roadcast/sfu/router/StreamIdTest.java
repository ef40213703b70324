package io.roadcast.sfu.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {
  @ParameterizedTest
  @CsvSource({
    "013912345678-1, 13912345678-1",
    "00000866496077582164-12, 866496077582164-12",
    "000056aebc2a-3, 56AEBC2A-3",
    "000000000000-0, 0-0",
    "13912345678-001, 13912345678-1",
    "gate.north_2, gate.north_2",
  })
  void bringsNamesIntoTheirNormalForm(String text, String name) {
    assertThat(StreamId.parse(text, Quality.MAIN).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "1234", "1234-", "1234-256", "1234-1-1", "ab cd", "../etc", "a/b", "-x"})
  void refusesWhatIsNoName(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> StreamId.parse(text, Quality.MAIN));
  }

  @Test
  void knowsTerminalAndChannel() {
    StreamId id = StreamId.ofTerminal("013912345678", 4, Quality.SUB);
    assertThat(id.ofTerminal()).isTrue();
    assertThat(id.terminal()).isEqualTo("13912345678");
    assertThat(id.channel()).isEqualTo(4);
    assertThat(id).hasToString("13912345678-4/sub");
  }

  @Test
  void aNameWithALetterOutsideHexIsNoTerminal() {
    assertThat(StreamId.parse("yard-1", Quality.MAIN).ofTerminal()).isFalse();
  }
}
