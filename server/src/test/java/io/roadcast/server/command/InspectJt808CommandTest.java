package io.roadcast.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectJt808CommandTest {
  /** A heartbeat of 2013 from terminal 139 1234 5678, serial number 5. */
  private static final String HEARTBEAT = "7e000200000139123456780005377e";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new InspectCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void writesOneJsonLinePerFrame() throws IOException {
    byte[] wire = HexFormat.of().parseHex(HEARTBEAT + HEARTBEAT);
    Path file = Files.write(directory.resolve("two.bin"), wire);
    assertThat(run("jt808", file.toString())).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("{\"message_id\":\"0x0002\",\"version\":2013,\"header\":{")
                    .contains("\"terminal_phone_bcd\":\"013912345678\",\"serial_number\":5")
                    .endsWith(",\"body\":{}}"));
  }

  @Test
  void readsBodiesOfAnEdition() throws IOException {
    Path file = Files.writeString(directory.resolve("text.hex"), "0d0141\n0d\n");
    assertThat(run("jt808", "--version", "2019", "--body", "0x8300", file.toString())).isZero();
    assertThat(out.toString().lines())
        .first()
        .asString()
        .endsWith("\"body\":{\"flags\":13,\"text_type\":1,\"text\":\"A\"}}");
    assertThat(out.toString().lines()).last().asString().contains("\"error\":\"TRUNCATED_BODY\"");
  }

  @Test
  void saysSoWhenThereIsNoFileOrEditionOrMessage() {
    assertThat(run("jt808", directory.resolve("none.bin").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file");
    assertThat(run("jt808", "--version", "2012", "-")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no JT/T 808-2012");
    assertThat(run("jt808", "--body", "heartbeat", "-")).isEqualTo(2);
    assertThat(err.toString()).contains("no message id: heartbeat");
  }
}
