package io.roadcast.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalCredentialsTest {
  @TempDir Path directory;

  @Test
  void codeIsTheSameAfterARestartAndAnotherInTheNextGeneration() throws Exception {
    KnownTerminal terminal = terminal(1, null);
    String code = TerminalCredentials.openOrCreate(directory).codeFor(terminal);

    TerminalCredentials again = TerminalCredentials.openOrCreate(directory);

    assertThat(code).hasSize(TerminalCredentials.CODE_CHARACTERS).matches("[0-9a-f]+");
    assertThat(again.codeFor(terminal)).isEqualTo(code);
    assertThat(again.accepts(terminal, code)).isTrue();
    KnownTerminal revoked =
        new KnownTerminal(terminal.id(), terminal.organization(), "1", null, null, 2, null);
    assertThat(again.accepts(revoked, code)).isFalse();
    assertThat(again.accepts(terminal(1, null), code)).isFalse();
  }

  @Test
  void codeThatATerminalBroughtAlongIsAcceptedByItsSealOnly() throws Exception {
    TerminalCredentials credentials = TerminalCredentials.openOrCreate(directory);
    UUID id = TimeOrderedId.next();
    byte[] seal = credentials.seal(id, "its own");
    KnownTerminal terminal = new KnownTerminal(id, UUID.randomUUID(), "1", null, null, 1, seal);

    assertThat(credentials.accepts(terminal, "its own")).isTrue();
    assertThat(credentials.accepts(terminal, "its owm")).isFalse();
    assertThat(credentials.accepts(terminal(1, seal), "its own")).isFalse();
  }

  @Test
  void keyIsForTheOwnerOnlyAndADamagedOneIsNotReplaced() throws Exception {
    TerminalCredentials.openOrCreate(directory);
    Path file = directory.resolve(TerminalCredentials.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    Files.writeString(file, "00ff\n");

    assertThatThrownBy(() -> TerminalCredentials.openOrCreate(directory))
        .hasMessageContaining("is damaged");
  }

  private static KnownTerminal terminal(int generation, byte @Nullable [] seal) {
    return new KnownTerminal(
        TimeOrderedId.next(), UUID.randomUUID(), "1", null, null, generation, seal);
  }
}
