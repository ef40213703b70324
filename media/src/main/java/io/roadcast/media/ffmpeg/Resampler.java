package io.roadcast.media.ffmpeg;

import static io.roadcast.media.ffmpeg.FfmpegException.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.Pointer;

/** Samples of one channel from one rate to another. One thread at a time. */
final class Resampler implements AutoCloseable {
  private static final long MICROS = 1_000_000;

  private final SwrContext context;
  private final int from;
  private final int to;

  Resampler(int from, int to) {
    this.from = from;
    this.to = to;
    try (AVChannelLayout mono = new AVChannelLayout()) {
      avutil.av_channel_layout_default(mono, 1);
      context = new SwrContext((Pointer) null);
      check(
          swresample.swr_alloc_set_opts2(
              context,
              mono,
              avutil.AV_SAMPLE_FMT_S16,
              to,
              mono,
              avutil.AV_SAMPLE_FMT_S16,
              from,
              0,
              null),
          "a resampler");
    }
    check(swresample.swr_init(context), "resampling from " + from + " to " + to);
  }

  int from() {
    return from;
  }

  /** How long sound that was put in still waits to come out. */
  long delayMicros() {
    return swresample.swr_get_delay(context, MICROS);
  }

  short[] resample(short[] samples) {
    ByteBuffer in = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.nativeOrder());
    in.asShortBuffer().put(samples);
    int room = (int) ((long) samples.length * to / from) + 256;
    byte[] out = new byte[2 * room];
    int count =
        check(swresample.swr_convert(context, out, room, in.array(), samples.length), "resampling");
    short[] resampled = new short[room];
    ByteBuffer.wrap(out).order(ByteOrder.nativeOrder()).asShortBuffer().get(resampled);
    return Arrays.copyOf(resampled, count);
  }

  @Override
  public void close() {
    swresample.swr_free(context);
  }
}
