package io.roadcast.bench.picture;

import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.PictureTranscoder;
import io.roadcast.sfu.transcode.PictureProfile;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line {@code ./run bench pictures}. */
@Command(
    name = "pictures",
    mixinStandardHelpOptions = true,
    description =
        "What transcoding pictures costs, and how much later they are seen. Needs ffmpeg.")
public final class PictureCommand implements Callable<Integer> {
  private static final long KEYFRAME_MICROS = 2_000_000;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "12",
      description = "Seconds of pictures of each path (${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out =
        spec == null ? new PrintWriter(System.out, true) : spec.commandLine().getOut();
    out.printf(
        "%-36s %10s %8s %10s %10s %10s %12s%n",
        "path, 25/s", "CPU s/s", "kbit/s", "delay ms", "p50 <=", "p95 <=", "child CPU s/s");
    PictureProfile low = PictureProfile.parse("low=640x360@500k");
    path(out, "H.265 1280x720 to H.264", Codec.H265, 0, "1280x720", PictureProfile.PLAIN);
    path(out, "H.265 640x360 to H.264", Codec.H265, 0, "640x360", PictureProfile.PLAIN);
    path(out, "H.264, 2 B frames, 1280x720", Codec.H264, 2, "1280x720", PictureProfile.PLAIN);
    path(out, "H.264 1280x720 to low", Codec.H264, 0, "1280x720", low);
    path(out, "H.265 1280x720 to low", Codec.H265, 0, "1280x720", low);
    return 0;
  }

  private void path(
      PrintWriter out, String name, Codec codec, int reordered, String size, PictureProfile to)
      throws Exception {
    CodedPictures pictures = CodedPictures.of(codec, reordered, size, seconds);
    PictureTranscoder.Target target =
        new PictureTranscoder.Target(
            to.maxWidth(), to.maxHeight(), to.bitRate(), CodedPictures.FRAME_RATE, KEYFRAME_MICROS);
    PictureCost cost = PictureCost.of(pictures, target);
    PictureDelay delay = PictureDelay.of(pictures, to);
    out.printf(
        "%-36s %10.2f %8d %10.1f %10.1f %10.1f %12.2f%n",
        name,
        cost.secondsPerSecond(),
        cost.kilobits(),
        delay.averageMillis(),
        delay.medianMillis(),
        delay.highMillis(),
        delay.childSeconds());
    out.flush();
  }
}
