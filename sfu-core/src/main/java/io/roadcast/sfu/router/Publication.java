package io.roadcast.sfu.router;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.audio.G711Packetizer;
import io.roadcast.media.rtp.RtpBlock;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One publisher's turn at a stream. Frames are packetized on the thread that feeds them, which must
 * be one thread at a time; a superseded publication ignores them.
 */
public final class Publication implements AutoCloseable {
  /** Turns frames of sound into blocks. */
  @FunctionalInterface
  private interface SoundTrack {
    void accept(AudioFrame frame, Consumer<RtpBlock> out);
  }

  private final Stream stream;
  private final Publisher publisher;
  private final PublicationParts parts;
  private @Nullable VideoTrack video;
  private @Nullable SoundTrack sound;
  private @Nullable Codec soundCodec;
  private long offsetMicros;
  private boolean started;
  private volatile long withheldFrames;

  Publication(Stream stream, Publisher publisher, PublicationParts parts) {
    this.stream = stream;
    this.publisher = publisher;
    this.parts = parts;
  }

  public Stream stream() {
    return stream;
  }

  /** Whether this is still the one that feeds the stream. */
  public boolean isCurrent() {
    return stream.current() == this && stream.state() == StreamState.LIVE;
  }

  /**
   * Forwards a picture. Pictures before the first keyframe are withheld, as nobody could decode
   * them, and so are those of a codec that cannot be packetized.
   *
   * @param frame borrowed for the call
   * @throws MalformedMediaException if the picture cannot be packetized; it is dropped, and the
   *     next keyframe is waited for
   */
  public void video(VideoFrame frame) throws MalformedMediaException {
    if (!isCurrent()) {
      return;
    }
    if (frame.codec() != Codec.H264 && frame.codec() != Codec.H265) {
      noteUnknownVideo(frame.codec());
      return;
    }
    VideoTrack track = video;
    if (track == null || track.codec() != frame.codec()) {
      track = new VideoTrack(frame.codec(), parts.pool());
      video = track;
    }
    long timeMicros = streamMicros(frame.timeMicros(), frame.receivedNanos());
    RtpBlock block = track.packetize(frame, timeMicros);
    if (block == null) {
      withheldFrames = withheldFrames + 1;
      return;
    }
    if (!Objects.equals(track.format(), stream.video())) {
      stream.formats(track.format(), stream.audio());
      parts.router().changed(stream);
    }
    stream.distribute(this, block);
  }

  /**
   * The source's clock tells when its pictures are taken.
   *
   * @param epochOffsetMicros what to add to the times of its frames for microseconds since 1970,
   *     UTC; {@link Stream#UNKNOWN_CAPTURE} if it does not tell any more
   */
  public void captured(long epochOffsetMicros) {
    if (started && isCurrent()) {
      stream.captureOffset(
          epochOffsetMicros == Stream.UNKNOWN_CAPTURE
              ? Stream.UNKNOWN_CAPTURE
              : epochOffsetMicros - offsetMicros);
    }
  }

  /**
   * Forwards sound. G.711 goes to the viewers in packets of 20 ms; other codecs go, frame by frame,
   * to whoever brings them into one that viewers take.
   *
   * @param frame borrowed for the call
   */
  public void audio(AudioFrame frame) {
    if (!isCurrent()) {
      return;
    }
    Codec codec = frame.codec();
    if (codec != soundCodec) {
      soundCodec = codec;
      sound = soundTrack(codec);
      stream.formats(stream.video(), new AudioFormat(codec, codec.clockRate(), 1));
      parts.router().changed(stream);
    }
    if (sound != null) {
      long timeMicros = streamMicros(frame.timeMicros(), frame.receivedNanos());
      sound.accept(
          new AudioFrame(codec, frame.payload(), timeMicros, frame.receivedNanos()),
          block -> stream.distribute(this, block));
    }
  }

  /** Null for a codec that nobody here knows. */
  private @Nullable SoundTrack soundTrack(Codec codec) {
    return switch (codec) {
      case PCMA, PCMU -> new G711Packetizer(codec, parts.pool())::accept;
      case G726, ADPCM, AAC, MP3, AMR, OPUS -> new WholeFrames(parts.pool())::accept;
      case OTHER_AUDIO, H264, H265, OTHER_VIDEO -> null;
    };
  }

  /**
   * The source went away. The stream waits for another publication for the grace time, then ends.
   *
   * @param reason for the log and the viewers
   */
  public void close(String reason) {
    parts.router().withdrawn(this, reason);
  }

  @Override
  public void close() {
    close("the source went away");
  }

  Publisher publisher() {
    return publisher;
  }

  /** Pictures that came before a keyframe. May be read on any thread. */
  long withheldFrames() {
    return withheldFrames;
  }

  /** So that a viewer is told which codec it is that nobody can show. */
  private void noteUnknownVideo(Codec codec) {
    withheldFrames = withheldFrames + 1;
    VideoFormat format = new VideoFormat(codec, "unknown", "", "", 0, 0, false);
    if (!format.equals(stream.video())) {
      stream.formats(format, stream.audio());
      parts.router().changed(stream);
    }
  }

  private long streamMicros(long publicationMicros, long receivedNanos) {
    if (!started) {
      started = true;
      offsetMicros = stream.clock().offsetMicros(publicationMicros, receivedNanos);
    }
    return publicationMicros + offsetMicros;
  }
}
