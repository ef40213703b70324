package io.roadcast.sfu.router;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream once more, with other pictures: those that somebody makes of the source's. Its sound,
 * its timeline and its fate are the source's. Viewers watch it as any stream; the router's list
 * does not have it.
 */
public final class PictureRendition implements AutoCloseable {
  private final Stream source;
  private final Stream stream;
  private final VideoTrack track;
  private final Sounds sounds = new Sounds();

  /**
   * @param expected what the pictures will be, known before the first one
   */
  public PictureRendition(
      Stream source, VideoFormat expected, RouterConfig config, Router router, RtpBlockPool pool) {
    this.source = source;
    this.stream =
        new Stream(source, new SameSource(source), new PublicationParts(pool, router), config);
    this.track = new VideoTrack(Codec.H264, pool);
    stream.formats(expected, source.audio());
    source.subscribe(sounds);
  }

  /** What viewers watch. */
  public Stream stream() {
    return stream;
  }

  /**
   * The next picture, with a time of the source's timeline. One thread at a time.
   *
   * @param frame H264; borrowed for the call
   * @throws MalformedMediaException if it cannot be packetized; the next keyframe is waited for
   */
  public void picture(VideoFrame frame) throws MalformedMediaException {
    @Nullable RtpBlock block = track.packetize(frame, frame.timeMicros());
    if (block != null) {
      stream.formats(track.format(), source.audio());
      stream.passOn(block);
    }
  }

  /** Nobody watches any more. */
  @Override
  public void close() {
    source.unsubscribe(sounds);
    stream.end("nobody watches");
  }

  /** Brings the source's sound and its fate. */
  private final class Sounds implements BlockSink {
    @Override
    public void begin(List<RtpBlock> groupOfPictures) {
      groupOfPictures.forEach(RtpBlock::release);
    }

    @Override
    public void accept(RtpBlock block) {
      if (block.codec().medium() == Medium.VIDEO) {
        block.release();
      } else if (takesSound(block.codec()) && block.codec().equals(soundOfSource())) {
        stream.passOn(block);
      } else {
        stream.addRendition(block);
      }
    }

    private @Nullable Codec soundOfSource() {
      return source.audio() == null ? null : source.audio().codec();
    }

    @Override
    public boolean takesRendition(Codec codec) {
      return codec.medium() == Medium.AUDIO;
    }

    @Override
    public void interrupted() {
      stream.interrupt();
    }

    @Override
    public void resumed() {
      stream.resume();
    }

    @Override
    public void ended(String reason) {
      stream.end(reason);
    }
  }

  /** Says of where it comes from what its source says now. */
  private record SameSource(Stream of) implements Publisher {
    @Override
    public SourceInfo source() {
      return of.source();
    }

    @Override
    public UplinkStatistics uplink() {
      return of.uplink();
    }

    @Override
    public ExpectedSound expectedSound() {
      return of.expectedSound();
    }

    @Override
    public void superseded() {
      // Nobody publishes a rendition but the one who makes it.
    }
  }
}
