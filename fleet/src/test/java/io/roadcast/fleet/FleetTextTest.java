package io.roadcast.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTextTest {
  @ParameterizedTest
  @CsvSource({
    "013912345678, 13912345678",
    "00000000000000000001, 1",
    "000000000000, 0",
    "56aebc2a, 56AEBC2A",
    "' 12 ', 12"
  })
  void digitsAreComparedInOneForm(String text, String digits) {
    assertThat(TerminalDigits.of(text)).hasValue(digits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "12-34", "+86139", "粤B12345", "１２３", "123456789012345678901"})
  void whatIsNoNumberHasNoDigits(String text) {
    assertThat(TerminalDigits.of(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\nb",
        "a\u202Eb",
        "\uD800",
        "\uFEFFx",
        "a\u2028b",
        "   ",
        "\u001B[31m"
      })
  void nameThatNobodyCanReadIsRefused(String name) {
    assertThatThrownBy(() -> PlainText.required(name, "name"))
        .isInstanceOfSatisfying(
            FleetException.class,
            refusal -> assertThat(refusal.problem()).isEqualTo(FleetProblem.INVALID_FIELD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"粤B12345", "Ω ' \" ; -- %_\\", "🚚", "<script>", "Zoë"})
  void nameOfAnyLanguageIsKept(String name) {
    assertThat(PlainText.required("  " + name + " ", "name")).isEqualTo(name);
  }

  @Test
  void nameIsBounded() {
    assertThat(PlainText.required("x".repeat(100), "name")).hasSize(100);
    assertThatThrownBy(() -> PlainText.required("x".repeat(101), "name"))
        .hasMessageContaining("more than 100");
  }

  @Test
  void factsOfATerminalLoseWhatIsNotPrintable() {
    TerminalFacts facts =
        new TerminalFacts("2013", "ab\u0000c", "\u0000", "x".repeat(500), null, null, null, null);

    assertThat(facts.manufacturer()).isEqualTo("abc");
    assertThat(facts.model()).isNull();
    assertThat(facts.factoryId()).hasSize(TerminalFacts.MAX_CHARACTERS);
  }

  @ParameterizedTest
  @CsvSource({"blue, BLUE", "黄色, YELLOW", "渐变绿, GRADIENT_GREEN", "2, YELLOW", "' WHITE ', WHITE"})
  void coloursAreReadAsPeopleWriteThem(String name, PlateColor color) {
    assertThat(PlateColor.ofName(name)).hasValue(color);
  }

  @Test
  void idsAreInTheOrderOfTheirMaking() {
    UUID earlier = TimeOrderedId.at(Instant.ofEpochMilli(1_700_000_000_000L));
    UUID later = TimeOrderedId.at(Instant.ofEpochMilli(1_700_000_000_001L));

    assertThat(earlier.toString()).isLessThan(later.toString());
    assertThat(earlier.version()).isEqualTo(7);
    assertThat(earlier.variant()).isEqualTo(2);
  }
}
