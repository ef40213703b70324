package io.roadcast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class SimulateCommandTest {
  @Test
  void standsForOneTerminalOnThisMachineByDefault() {
    SimulationOptions unasked = SimulationOptions.to("127.0.0.1", 6611).with(defaults());
    assertThat(parse("--push")).isEqualTo(unasked);
    assertThat(parse()).isEqualTo(unasked.with(Signalling.to("127.0.0.1", 7611)));
  }

  @Test
  void takesItsOptions() {
    SimulationOptions options =
        parse(
            "--terminals=3 --terminal=009 --channels=2 --transport=udp --id-width=10 --audio=pcmu"
                + " --audio-block-ms=25 --size=640x360 --fps=20 --gop-seconds=2 --bitrate=700000"
                + " --scenes=3 --loss=2.5 --reorder --seed=9");
    assertThat(options.fleet().terminal(2)).isEqualTo("011");
    assertThat(options.wire().idWidth()).isEqualTo(IdWidth.TEN);
    assertThat(options.wire().transport()).isEqualTo(Transport.UDP);
    assertThat(options.impairment()).isEqualTo(new Impairment(2.5, 5, 9));
    assertThat(options.source())
        .isEqualTo(new Source.Drawn(640, 360, 20, 2000, 700_000, 3, new Sound(Codec.PCMU, 25)));
  }

  @Test
  void takesWhatTheTerminalsDoAmiss() {
    SimulationOptions options =
        parse(
            "--jt808-port=17611 --jt808-transport=udp --jt808-version=2019 --report-seconds=0.5"
                + " --refuse=0x9101,0x8300 --ignore=0x8104 --answer-delay-ms=250 --live=silent"
                + " --clock-ahead-seconds=-3600 --jt808-loss=3 --alarm-bits=0x6");
    Behaviour behaviour =
        new Behaviour(
            Set.of(0x9101, 0x8300),
            Set.of(0x8104),
            Duration.ofMillis(250),
            Behaviour.Media.SILENT,
            Duration.ofHours(-1),
            3,
            6);
    assertThat(options.signalling())
        .isEqualTo(
            Signalling.to("127.0.0.1", 17611)
                .with(Transport.UDP)
                .with(ProtocolVersion.V2019)
                .withIntervals(Duration.ofMillis(500), Duration.ofSeconds(30))
                .with(behaviour));
  }

  @ParameterizedTest
  @CsvSource({
    "amr, amr, PLAIN,",
    "g726-24-hisi, g726-24, HISILICON,",
    "aac-8000-raw, aac-8000, RAW,",
    "adpcm-hisi-as-pcma, adpcm, HISILICON, PCMA",
  })
  void takesHowSoundIsCodedFramedAndStated(
      String audio, String coding, Sound.Framing framing, @Nullable Codec stated) {
    Sound expected = new Sound(SoundCoding.parse(coding), framing, 40, stated);
    assertThat(parse("--audio=" + audio).source())
        .isInstanceOfSatisfying(
            Source.Drawn.class, drawn -> assertThat(drawn.sound()).isEqualTo(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--audio=adpcm-as-opus",
        "--b-frames=9",
        "--size=12",
        "--size=641x360",
        "--id-width=8",
        "--file=/nowhere/at/all.bin",
        "--audio-block-ms=400",
        "--terminal=abc",
        "--loss=101",
        "--jt808-version=2020",
        "--jt808-loss=200",
        "--refuse=live",
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
