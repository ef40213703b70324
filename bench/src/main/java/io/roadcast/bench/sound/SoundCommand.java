package io.roadcast.bench.sound;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line {@code ./run bench sound}. */
@Command(
    name = "sound",
    mixinStandardHelpOptions = true,
    description =
        "What bringing sound into Opus, and speech to a camera, costs, and how much later.")
public final class SoundCommand implements Callable<Integer> {
  private static final List<String> CODINGS =
      List.of(
          "pcma",
          "g726-16",
          "g726-24",
          "g726-32",
          "g726-40",
          "adpcm",
          "aac-8000",
          "aac-16000",
          "mp3-16000",
          "amr");

  private static final List<String> TO_CAMERA =
      List.of("pcma", "g726-16", "g726-24", "g726-40", "adpcm", "aac-16000");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "Seconds of sound that are transcoded for the cost (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--live-seconds",
      defaultValue = "5",
      description = "Seconds in real time for the delay (${DEFAULT-VALUE}).")
  private int liveSeconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out =
        spec == null ? new PrintWriter(System.out, true) : spec.commandLine().getOut();
    out.printf("%-10s  %16s  %10s  %10s%n", "from", "CPU ms per s", "delay p50", "p99, ms");
    for (String name : CODINGS) {
      SoundCoding coding = SoundCoding.parse(name);
      CodedSound sound = CodedSound.of(coding, seconds);
      double cost = TranscodingCost.milliPerSecond(coding, sound, seconds);
      ChildDelay delay = ChildDelay.measure(coding, sound, liveSeconds);
      out.printf(
          "%-10s  %16.1f  %10.1f  %10.1f%n", name, cost, delay.medianMillis(), delay.highMillis());
      out.flush();
    }
    out.println("to " + Codec.OPUS + "; 6.5 ms of Opus' own look-ahead are not in the delay");
    for (String name : TO_CAMERA) {
      SpokenToCamera spoken = SpokenToCamera.measure(SoundCoding.parse(name), seconds, liveSeconds);
      ChildDelay delay = spoken.delay();
      out.printf(
          "%-10s  %16.1f  %10.1f  %10.1f%n",
          name, spoken.milliPerSecond(), delay.medianMillis(), delay.highMillis());
      out.flush();
    }
    out.println("from " + Codec.OPUS + " to a camera; the delay is from a block's last packet");
    out.flush();
    return 0;
  }
}
