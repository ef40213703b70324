package io.roadcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ServerMainTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void checkConfigAcceptsAGoodFile() throws Exception {
    Path file = Files.writeString(directory.resolve("good.yaml"), "http: {port: 9000}");

    assertThat(run("check-config", "--config", file.toString())).isZero();
    assertThat(out.toString()).contains(file + " is accepted.");
  }

  @Test
  void checkConfigNamesEveryProblemAndFails() throws Exception {
    Path file =
        Files.writeString(directory.resolve("bad.yaml"), "http:\n  port: many\n  prot: 1\n");

    assertThat(run("check-config", "--config", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line 3: unknown key http.prot; did you mean http.port?");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void saysItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("Roadcast ");
  }

  @Test
  void unknownCommandIsRefusedWithTheNearestOne() {
    assertThat(run("serve")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: roadcast server?");
  }

  private int run(String... arguments) {
    CommandLine commandLine = ServerMain.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
