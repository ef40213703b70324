package io.roadcast.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityResolverTest {
  private final IdentityResolver resolver = new IdentityResolver();
  private final KnownTerminal first = terminal("13912345678");
  private final KnownTerminal second = terminal("1454292010");

  @ParameterizedTest
  @CsvSource({
    "013912345678",
    "13912345678",
    "00000000013912345678",
  })
  void phoneIsFoundWithAnyNumberOfLeadingZeros(String digits) {
    know(entry(first, "13912345678"));

    assertThat(resolver.byPhone(digits, null)).isEqualTo(new Resolution.Known(first));
    assertThat(
            resolver.byPhone(
                digits, HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits)))
        .isEqualTo(new Resolution.Known(first));
  }

  @ParameterizedTest
  @CsvSource({"013912345678", "00000000013912345678"})
  void mediaIdOfSixOrTenBytesIsThePhoneNumber(String hex) {
    know(entry(first, "13912345678"));

    assertThat(resolver.byMediaId(HexFormat.of().parseHex(hex)))
        .isEqualTo(new Resolution.Known(first));
  }

  @Test
  void mediaIdThatIsABinaryNumberIsFoundByThatNumberOrByItsBytes() {
    know(entry(second, "1454292010"));
    byte[] id = HexFormat.of().parseHex("000056aebc2a");

    assertThat(resolver.byMediaId(id)).isEqualTo(new Resolution.Known(second));

    know(entry(first, "13912345678", "56AEBC2A"));

    assertThat(resolver.byMediaId(id)).isEqualTo(new Resolution.Known(first));
  }

  @Test
  void numberOfTwoTerminalsIsAmbiguousAndNotGuessed() {
    know(entry(first, "13912345678", "99"), entry(second, "1454292010", "99"));

    assertThat(resolver.byNumber("099"))
        .isInstanceOfSatisfying(
            Resolution.Ambiguous.class,
            found ->
                assertThat(found.terminals()).containsExactlyInAnyOrder(first.id(), second.id()));
    assertThat(resolver.byNumber("13912345678")).isEqualTo(new Resolution.Known(first));
  }

  @Test
  void nobodyIsUnknownInNormalForm() {
    assertThat(resolver.loaded()).isFalse();
    know();
    assertThat(resolver.loaded()).isTrue();
    assertThat(resolver.byPhone("000123", null)).isEqualTo(new Resolution.Unknown("123"));
    assertThat(resolver.byNumber("0000")).isEqualTo(new Resolution.Unknown("0"));
    assertThat(resolver.byNumber("no number")).isEqualTo(new Resolution.Unknown("no number"));
  }

  @Test
  void imeiIsNoPhoneNumber() {
    resolver.replaceAll(
        List.of(
            new IdentityResolver.Entry(first, Set.of("13912345678"), Set.of("861234567890123"))));

    assertThat(resolver.byImei("861234567890123")).isEqualTo(new Resolution.Known(first));
    assertThat(resolver.byNumber("861234567890123")).isInstanceOf(Resolution.Unknown.class);
  }

  @Test
  void changeReplacesOldNumbersAndLeavesOthersAlone() {
    know(entry(first, "1", "2"), entry(second, "3"));

    resolver.replace(List.of(first.id()), List.of(entry(first, "2", "4")));

    assertThat(resolver.byNumber("1")).isInstanceOf(Resolution.Unknown.class);
    assertThat(resolver.byNumber("2")).isEqualTo(new Resolution.Known(first));
    assertThat(resolver.byNumber("3")).isEqualTo(new Resolution.Known(second));
    assertThat(resolver.byNumber("4")).isEqualTo(new Resolution.Known(first));

    resolver.replace(List.of(first.id()), List.of());

    assertThat(resolver.byNumber("2")).isInstanceOf(Resolution.Unknown.class);
    assertThat(resolver.find(first.id())).isEmpty();
    assertThat(resolver.size()).isEqualTo(1);
  }

  private void know(IdentityResolver.Entry... entries) {
    resolver.replaceAll(List.of(entries));
  }

  private static IdentityResolver.Entry entry(KnownTerminal terminal, String... numbers) {
    return new IdentityResolver.Entry(terminal, Set.of(numbers), Set.of());
  }

  private static KnownTerminal terminal(String digits) {
    return new KnownTerminal(TimeOrderedId.next(), UUID.randomUUID(), digits, null, null, 1, null);
  }
}
