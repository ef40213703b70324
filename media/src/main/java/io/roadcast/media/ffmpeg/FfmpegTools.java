package io.roadcast.media.ffmpeg;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/**
 * The executables that come with the FFmpeg library, unpacked to the user's cache at first use. On
 * Linux they need libasound2, libpulse0, libxcb1 and libxcb-shm0 of the distribution, which the
 * library itself does not.
 */
public final class FfmpegTools {
  private FfmpegTools() {}

  /** Prepares a run of {@code ffprobe}; the caller starts it. */
  public static ProcessBuilder ffprobe(String... arguments) {
    return command(org.bytedeco.ffmpeg.ffprobe.class, arguments);
  }

  /** Prepares a run of {@code ffmpeg}; the caller starts it. */
  public static ProcessBuilder ffmpeg(String... arguments) {
    return command(org.bytedeco.ffmpeg.ffmpeg.class, arguments);
  }

  /** Whether the library at hand has the encoder of this name, e.g. {@code libx265}. */
  public static boolean hasEncoder(String name) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
    return codec != null && !codec.isNull();
  }

  /** Lets the library report errors only. It speaks to standard error, for the whole process. */
  static void reportErrorsOnly() {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
  }

  private static ProcessBuilder command(Class<?> tool, String... arguments) {
    // Loading the library unpacks what the executable is linked with.
    Loader.load(avutil.class);
    Path executable = Path.of(Loader.load(tool));
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // The executable finds its neighbours by itself, but they do not find theirs.
    builder.environment().put("LD_LIBRARY_PATH", String.valueOf(executable.getParent()));
    return builder;
  }
}
