package io.roadcast.bench.picture;

import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.PictureTranscoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Processor time of decoding, scaling and encoding alone, and what comes out.
 *
 * @param secondsPerSecond of processor for each second of pictures
 * @param kilobits per second that come out
 */
record PictureCost(double secondsPerSecond, long kilobits) {
  static PictureCost of(CodedPictures pictures, PictureTranscoder.Target target) {
    long[] bytes = {0};
    PictureTranscoder.Output counted =
        new PictureTranscoder.Output() {
          @Override
          public void picture(long timeMicros, EncodedPicture picture) {
            bytes[0] += picture.annexB().length;
          }

          @Override
          public void damaged() {
            throw new IllegalStateException("a picture is damaged");
          }
        };
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    try (PictureTranscoder transcoder = new PictureTranscoder(target, counted)) {
      long stamp = 0;
      for (CodedPictures.Unit unit : pictures.units()) {
        transcoder.accept(pictures.codec(), unit.annexB(), stamp, PictureTranscoder.Use.SHOWN);
        stamp += CodedPictures.FRAME_MICROS;
      }
    }
    double seconds = (double) pictures.units().size() / CodedPictures.FRAME_RATE;
    double used = (threads.getCurrentThreadCpuTime() - before) / 1e9;
    return new PictureCost(used / seconds, Math.round(bytes[0] * 8 / seconds / 1000));
  }
}
