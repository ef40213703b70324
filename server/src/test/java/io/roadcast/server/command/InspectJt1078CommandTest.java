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

class InspectJt1078CommandTest {
  /** A P frame of channel 2 in one packet, 5 bytes of body, from terminal 139 1234 5678. */
  private static final String PACKET =
      "3031636481e20007013912345678021000000198000000010028002800050000000161";

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
  void writesOneJsonLinePerPacketAndTheSummary() throws IOException {
    Path file = Files.write(directory.resolve("one.bin"), HexFormat.of().parseHex(PACKET));
    Path target = directory.resolve("extracted");
    assertThat(run("jt1078", file.toString(), "--json", "--extract", target.toString())).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains("\"terminal\":\"13912345678\",\"channel\":2,\"id_width\":6");
    assertThat(target.resolve("13912345678-2.h264"))
        .hasBinaryContent(new byte[] {0, 0, 0, 1, 0x61});
  }

  @Test
  void writesATableWithoutTheOption() throws IOException {
    Path file = Files.write(directory.resolve("one.bin"), HexFormat.of().parseHex(PACKET));
    assertThat(run("jt1078", file.toString())).isZero();
    assertThat(out.toString()).contains("1 packets, 0 bytes that belong to none");
  }

  @Test
  void saysSoWhenThereIsNoFile() {
    assertThat(run("jt1078", directory.resolve("none.bin").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file");
  }
}
