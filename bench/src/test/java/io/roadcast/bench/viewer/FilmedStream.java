package io.roadcast.bench.viewer;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A real encoder's picture and silence, published in real time from a thread of its own. */
final class FilmedStream implements AutoCloseable {
  static final int FRAME_MILLIS = 40;
  static final int GROUP = 25;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final List<EncodedPicture> LOOP = film();

  private final ScheduledExecutorService camera =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("camera").factory());
  private final AtomicLong pictures = new AtomicLong();
  private final Publication publication;
  private final StreamId id;

  FilmedStream(Router router, int channel) throws Exception {
    id = StreamId.ofTerminal("13912345678", channel, Quality.MAIN);
    publication = router.publish(id, new Camera());
    var _ = camera.scheduleAtFixedRate(this::picture, 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
  }

  StreamId id() {
    return id;
  }

  private void picture() {
    long number = pictures.getAndIncrement();
    EncodedPicture picture = LOOP.get((int) (number % LOOP.size()));
    long micros = number * FRAME_MILLIS * 1000;
    try {
      List<ByteBuffer> units = AnnexB.split(ByteBuffer.wrap(picture.annexB()));
      publication.video(
          new VideoFrame(Codec.H264, units, picture.keyframe(), micros, System.nanoTime()));
    } catch (MalformedMediaException e) {
      throw new IllegalStateException(e);
    }
    ByteBuffer silence = ByteBuffer.allocate(8 * FRAME_MILLIS);
    publication.audio(new AudioFrame(Codec.PCMA, silence, micros, System.nanoTime()));
  }

  @Override
  public void close() {
    camera.shutdownNow();
    try {
      camera.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publication.close("the test is over");
  }

  /** Two groups of pictures with noise in them, so that pictures have several packets. */
  private static List<EncodedPicture> film() {
    List<EncodedPicture> pictures = new ArrayList<>();
    Random random = new Random(1);
    I420Picture picture = new I420Picture(WIDTH, HEIGHT);
    try (H264Encoder encoder =
        new H264Encoder(new H264Encoder.Settings(WIDTH, HEIGHT, 25, 1_500_000))) {
      for (int i = 0; i < 2 * GROUP; i++) {
        for (int pixel = 0; pixel < picture.luma().length; pixel++) {
          picture.luma()[pixel] = (byte) (60 + (pixel % WIDTH + 4 * i) % 128 + random.nextInt(8));
        }
        pictures.add(
            encoder.encode(picture, i % GROUP == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED));
      }
    }
    return pictures;
  }

  private record Camera() implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("test", "none", "here");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {}
  }
}
