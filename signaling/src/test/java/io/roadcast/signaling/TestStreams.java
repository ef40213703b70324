package io.roadcast.signaling;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** A router with streams of one picture each. */
public final class TestStreams implements AutoCloseable {
  /** Constrained Baseline, level 3.0, 640x360. */
  private static final ByteBuffer SPS = hex("6742c01eda0280bfe540");

  private static final ByteBuffer PPS = hex("68ce3c80");
  private static final ByteBuffer IDR = hex("65888420");

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router;

  public TestStreams(Duration grace) {
    this.router = new Router(new RouterConfig(20_000, grace, 1 << 20, 100), pool);
  }

  public Router router() {
    return router;
  }

  /** A stream that nothing was sent of yet. */
  public Publication announce(String id, Quality quality) {
    try {
      return router.publish(StreamId.parse(id, quality), new TestPublisher());
    } catch (PublishRefusedException e) {
      throw new AssertionError(e);
    }
  }

  /** A stream with a keyframe and a block of sound. */
  public Publication publish(String id, Quality quality) {
    Publication publication = announce(id, quality);
    feed(publication);
    return publication;
  }

  public Publication publish(String id) {
    return publish(id, Quality.MAIN);
  }

  public static void feed(Publication publication) {
    long now = System.nanoTime();
    List<ByteBuffer> picture = List.of(SPS.duplicate(), PPS.duplicate(), IDR.duplicate());
    try {
      publication.video(new VideoFrame(Codec.H264, picture, true, now / 1000, now));
      publication.audio(
          new AudioFrame(Codec.PCMA, ByteBuffer.wrap(new byte[160]), now / 1000, now));
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    router.close();
    pool.close();
  }

  private static ByteBuffer hex(String digits) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(digits)).asReadOnlyBuffer();
  }

  private static final class TestPublisher implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("jtt1078", "tcp", "192.0.2.7:40112");
    }

    @Override
    public UplinkStatistics uplink() {
      return new UplinkStatistics(100, 20_000, 1, 2, 3, 4, 5, 150L);
    }

    @Override
    public void superseded() {}
  }
}
