package io.roadcast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.media.Codec;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class SimulateCommandTest {
  @Test
  void standsForOneTerminalOnThisMachineByDefault() {
    assertThat(parse()).isEqualTo(SimulationOptions.to("127.0.0.1", 6611).with(defaults()));
  }

  @Test
  void takesItsOptions() {
    SimulationOptions options =
        parse(
            "--terminals=3 --terminal=009 --channels=2 --transport=udp --id-width=10 --audio=pcmu"
                + " --audio-block-ms=25 --size=640x360 --fps=20 --gop-seconds=2 --bitrate=700000"
                + " --scenes=3 --loss=2.5 --reorder --seed=9");
    assertThat(options.terminal(2)).isEqualTo("011");
    assertThat(options.idWidth()).isEqualTo(IdWidth.TEN);
    assertThat(options.transport()).isEqualTo(Transport.UDP);
    assertThat(options.impairment()).isEqualTo(new Impairment(2.5, 5, 9));
    assertThat(options.source())
        .isEqualTo(new Source.Drawn(640, 360, 20, 2000, 700_000, 3, new Sound(Codec.PCMU, 25)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--codec=h265",
        "--size=12",
        "--size=641x360",
        "--id-width=8",
        "--file=/nowhere/at/all.bin",
        "--audio-block-ms=400",
        "--terminal=abc",
        "--loss=101",
        "--terminals=0"
      })
  void refusesWithAReason(String argument) {
    StringWriter errors = new StringWriter();
    CommandLine command = SimulateCommand.commandLine().setErr(new PrintWriter(errors, true));
    assertThat(command.execute(argument)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).isNotBlank().doesNotContain("Exception");
  }

  private static Source defaults() {
    return new Source.Drawn(1280, 720, 25, 4000, 2_073_600, 1, Sound.standard());
  }

  private static SimulationOptions parse(String... arguments) {
    CommandLine command = SimulateCommand.commandLine();
    command.parseArgs(arguments.length == 0 ? arguments : arguments[0].split(" ", -1));
    return ((SimulateCommand) command.getCommand()).options();
  }
}
