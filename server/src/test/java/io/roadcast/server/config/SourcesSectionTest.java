package io.roadcast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SourcesSectionTest {
  @Test
  void namesStreamsAndTheirTokens() {
    SourcesSection section =
        section("yard-1=https://other.example/whep/139-1?quality=sub", "yard-1=let=me");
    assertThat(section.remotes())
        .singleElement()
        .satisfies(
            remote -> {
              assertThat(remote.id()).hasToString("yard-1");
              assertThat(remote.endpoint())
                  .hasToString("https://other.example/whep/139-1?quality=sub");
              assertThat(remote.token()).isEqualTo("let=me");
              assertThat(remote.toString()).doesNotContain("let=me");
            });
    assertThat(section.toString()).doesNotContain("let=me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yard-1",
        "139-1=https://other.example/whep/139-1",
        "yard-1=ftp://other.example/whep/139-1",
        "yard-1=https://me:secret@other.example/whep/139-1",
        "yard-1=",
        "yard 1=https://other.example/whep/139-1"
      })
  void refusesWhatIsNone(String entry) {
    assertThatIllegalArgumentException().isThrownBy(() -> section(entry, ""));
  }

  @Test
  void refusesTokensOfNobody() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> section("yard-1=https://other.example/whep/139-1", "yard-2=letmein"))
        .withMessageNotContaining("letmein");
  }

  private static SourcesSection section(String entry, String tokens) {
    return new SourcesSection(List.of(entry), new Secret(tokens));
  }
}
