package io.roadcast.sfu.udp;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFrame;
import io.roadcast.sfu.router.ExpectedSound;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Publishes pictures that carry their number, and sound, at 25 pictures a second. */
public final class TestCamera implements Publisher {
  public static final int FRAME_MICROS = 40_000;

  /** Constrained Baseline, level 3.0, 640x360. */
  private static final byte[] SPS = HexFormat.of().parseHex("6742c01eda0280bfe540");

  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");
  private static final int NUMBER_OFFSET = 2;

  private final Publication publication;
  private int keyframeEvery;
  private final int keyframeBytes;
  private final int pictureBytes;
  private int next;

  /** What it says of its sound. */
  public volatile ExpectedSound expectedSound = ExpectedSound.UNKNOWN;

  public TestCamera(
      Router router, StreamId id, int keyframeEvery, int keyframeBytes, int pictureBytes)
      throws PublishRefusedException {
    this.publication = router.publish(id, this);
    this.keyframeEvery = keyframeEvery;
    this.keyframeBytes = keyframeBytes;
    this.pictureBytes = pictureBytes;
  }

  public Stream stream() {
    return publication.stream();
  }

  public Publication publication() {
    return publication;
  }

  /** Number of the next picture. */
  public int next() {
    return next;
  }

  /** From now on each picture whose number is a multiple of this is a keyframe. */
  void keyframes(int every) {
    keyframeEvery = every;
  }

  /** Publishes the next picture, received at that moment. */
  public void picture(long nowNanos) {
    boolean keyframe = next % keyframeEvery == 0;
    byte[] slice = new byte[keyframe ? keyframeBytes : pictureBytes];
    Arrays.fill(slice, (byte) 0x55);
    slice[0] = (byte) (keyframe ? 0x65 : 0x41);
    slice[1] = (byte) (keyframe ? 0x88 : 0x9a);
    ByteBuffer.wrap(slice).putInt(NUMBER_OFFSET, next);
    List<ByteBuffer> units =
        keyframe
            ? List.of(ByteBuffer.wrap(SPS), ByteBuffer.wrap(PPS), ByteBuffer.wrap(slice))
            : List.of(ByteBuffer.wrap(slice));
    try {
      publication.video(
          new VideoFrame(Codec.H264, units, keyframe, (long) next * FRAME_MICROS, nowNanos));
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
    next++;
  }

  /** Publishes 40 ms of sound that begins with the next picture. */
  public void sound(long nowNanos) {
    byte[] samples = new byte[320];
    publication.audio(
        new AudioFrame(Codec.PCMA, ByteBuffer.wrap(samples), (long) next * FRAME_MICROS, nowNanos));
  }

  /** The number in a slice's payload: a NAL unit or the part behind a fragment's two headers. */
  public static int number(byte[] nalUnit) {
    return ByteBuffer.wrap(nalUnit).getInt(NUMBER_OFFSET);
  }

  @Override
  public SourceInfo source() {
    return new SourceInfo("test", "none", "");
  }

  @Override
  public ExpectedSound expectedSound() {
    return expectedSound;
  }

  @Override
  public UplinkStatistics uplink() {
    return UplinkStatistics.NONE;
  }

  @Override
  public void superseded() {}
}
