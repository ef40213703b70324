package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.PictureTranscoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server that transcodes, says which child does it, and waits to be killed. */
final class KilledServer {
  private static final long FRAME_MICROS = 40_000;
  private static final int ENOUGH = 5;

  private KilledServer() {}

  /**
   * @param arguments "pictures" or "sound"
   */
  public static void main(String[] arguments) {
    boolean ofPictures = arguments[0].equals("pictures");
    AtomicInteger made = new AtomicInteger();
    try (Transcoders transcoders = new Transcoders(TranscodeConfig.defaults())) {
      JobSpec spec =
          ofPictures
              ? new PictureJob(new PictureTranscoder.Target(0, 0, 0, 25, 2_000_000))
              : new SoundJob(SoundCoding.of(Codec.PCMU), Codec.OPUS, 24_000);
      Transcoders.Job job =
          transcoders.open(spec, (time, block) -> made.incrementAndGet()).orElseThrow();
      List<EncodedPicture> pictures = ofPictures ? TestPictures.twoSeconds() : List.of();
      boolean said = false;
      for (int i = 0; true; i++) {
        job.send(ofPictures ? picture(pictures, i) : sound(i));
        if (!said && made.get() >= ENOUGH) {
          System.out.println("child " + transcoders.pids().getFirst());
          said = true;
        }
        LockSupport.parkNanos(FRAME_MICROS * 1000);
      }
    }
  }

  private static byte[] picture(List<EncodedPicture> pictures, int index) {
    EncodedPicture picture = pictures.get(index % pictures.size());
    return PictureJob.unit(
        index * FRAME_MICROS,
        Codec.H264,
        picture.keyframe(),
        PictureTranscoder.Use.SHOWN,
        ByteBuffer.wrap(picture.annexB()));
  }

  private static byte[] sound(int index) {
    byte[] media = new byte[Long.BYTES + 320];
    ByteBuffer.wrap(media).putLong(index * FRAME_MICROS);
    return media;
  }
}
