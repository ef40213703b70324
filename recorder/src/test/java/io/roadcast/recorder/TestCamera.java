package io.roadcast.recorder;

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
import io.roadcast.sfu.router.PublishRefusedException;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Publishes encoded pictures at 25 a second with a keyframe each second, and sound if wanted. */
public final class TestCamera implements Publisher, AutoCloseable {
  public static final int FRAMES_PER_SECOND = 25;
  private static final long FRAME_MICROS = 40_000;

  private final H264Encoder encoder;
  private final I420Picture picture;
  private final Publication publication;
  private final long startNanos = System.nanoTime();
  private final List<byte[]> sent = new ArrayList<>();
  private int next;

  public TestCamera(Router router, StreamId id, int width, int height)
      throws PublishRefusedException {
    encoder = new H264Encoder(new H264Encoder.Settings(width, height, 25, 300_000));
    picture = new I420Picture(width, height);
    publication = router.publish(id, this);
  }

  /** One second of pictures, all at once, as if they came in their time. */
  public void second() {
    for (int i = 0; i < FRAMES_PER_SECOND; i++) {
      picture();
    }
  }

  /** Sends nothing for some seconds. */
  public void pause(int seconds) {
    next += seconds * FRAMES_PER_SECOND;
  }

  public void picture() {
    Arrays.fill(picture.luma(), (byte) (16 + next % 200));
    EncodedPicture encoded =
        encoder.encode(
            picture, next % FRAMES_PER_SECOND == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED);
    long micros = next * FRAME_MICROS;
    try {
      publication.video(
          new VideoFrame(
              Codec.H264,
              AnnexB.split(ByteBuffer.wrap(encoded.annexB())),
              encoded.keyframe(),
              micros,
              startNanos + micros * 1000));
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
    sent.add(encoded.annexB());
    next++;
  }

  /** Sound up to the present picture, from where it ended. */
  public void sound(int fromPicture, int toPicture) {
    for (int i = fromPicture; i < toPicture; i++) {
      long micros = i * FRAME_MICROS;
      byte[] law = new byte[320];
      Arrays.fill(law, (byte) 0xD5);
      publication.audio(
          new AudioFrame(Codec.PCMA, ByteBuffer.wrap(law), micros, startNanos + micros * 1000));
    }
  }

  public Publication publication() {
    return publication;
  }

  /** All pictures so far, with start codes. */
  public List<byte[]> sent() {
    return sent;
  }

  @Override
  public SourceInfo source() {
    return new SourceInfo("test", "tcp", "127.0.0.1:1");
  }

  @Override
  public UplinkStatistics uplink() {
    return UplinkStatistics.NONE;
  }

  @Override
  public void superseded() {}

  @Override
  public void close() {
    publication.close();
    encoder.close();
  }
}
