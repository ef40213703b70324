package io.roadcast.sfu.router;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Medium;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.rtp.RtpBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one publisher sends: at most one video and one audio track. A stream outlives its publisher
 * for the grace time, so that a camera may come back to the same viewers.
 *
 * <p>Its properties may be read on any thread. Blocks, joins and interruptions happen in one serial
 * order ({@link SerialQueue}).
 */
public final class Stream {
  /** {@link #captureOffsetMicros} of a stream whose camera's clock does not tell. */
  public static final long UNKNOWN_CAPTURE = Long.MIN_VALUE;

  /** Who can find a stream. */
  enum Audience {
    /** Everybody who asks the router. */
    ALL,
    /** Who is handed it. */
    PRIVATE
  }

  private final StreamId id;
  private final Audience audience;
  private final Instant since = Instant.now();
  private final SerialQueue serial = new SerialQueue();
  private final StreamClock clock;
  private final TrackMeter videoMeter = new TrackMeter();
  private final TrackMeter audioMeter = new TrackMeter();

  // Only in serial order.
  private final GopCache gop;
  private final List<BlockSink> sinks = new ArrayList<>();
  private boolean ended;

  // Written by the router and the current publication, read by anybody.
  private volatile StreamState state = StreamState.LIVE;
  private volatile Publication current;
  private volatile @Nullable VideoFormat video;
  private volatile @Nullable AudioFormat audio;
  private volatile long captureOffset = UNKNOWN_CAPTURE;
  private volatile long lastFrameNanos;
  private volatile boolean sawFrame;

  Stream(
      StreamId id,
      Audience audience,
      Publisher publisher,
      PublicationParts parts,
      RouterConfig config) {
    this.id = id;
    this.audience = audience;
    this.clock = new StreamClock();
    this.gop = new GopCache(config.maxGopBytes(), config.maxGopBlocks());
    this.current = new Publication(this, publisher, parts);
  }

  /** A stream on the timeline of another one. */
  Stream(Stream source, Publisher publisher, PublicationParts parts, RouterConfig config) {
    this.id = source.id;
    this.audience = Audience.PRIVATE;
    this.clock = source.clock;
    this.gop = new GopCache(config.maxGopBytes(), config.maxGopBlocks());
    this.current = new Publication(this, publisher, parts);
  }

  public StreamId id() {
    return id;
  }

  /** Whether only those watch it who were handed it, and it shows something else than now. */
  public boolean isPrivate() {
    return audience == Audience.PRIVATE;
  }

  /** When the stream began; interruptions within the grace time do not count. */
  public Instant since() {
    return since;
  }

  public StreamState state() {
    return state;
  }

  /** Null until the first keyframe's parameter sets came. */
  public @Nullable VideoFormat video() {
    return video;
  }

  /** Null until the first sound came. */
  public @Nullable AudioFormat audio() {
    return audio;
  }

  /** What its sound will be, as far as its source has said; {@link #audio} knows better. */
  public ExpectedSound expectedSound() {
    return current.publisher().expectedSound();
  }

  /** Where it comes from, or came from last. */
  public SourceInfo source() {
    return current.publisher().source();
  }

  public UplinkStatistics uplink() {
    return current.publisher().uplink();
  }

  public StreamStatistics statistics() {
    TrackMeter.Rates videoRates = videoMeter.rates();
    TrackMeter.Rates audioRates = audioMeter.rates();
    Instant lastFrameAt =
        sawFrame ? Instant.now().minus(Duration.ofNanos(System.nanoTime() - lastFrameNanos)) : null;
    return new StreamStatistics(
        videoRates.frameRate(),
        videoRates.bitRate(),
        audioRates.bitRate(),
        videoRates.keyframeIntervalMillis(),
        current.withheldFrames(),
        lastFrameAt);
  }

  /**
   * The stream's time in microseconds at a moment of {@link System#nanoTime()}: one mapping for
   * both tracks, from which sender reports are made.
   */
  public long timeMicrosAt(long nanos) {
    return clock.timeMicrosAt(nanos);
  }

  /**
   * What to add to a time of this stream for the microseconds since 1970, UTC, at which the camera
   * took it, by the camera's clock; or {@link #UNKNOWN_CAPTURE}.
   */
  public long captureOffsetMicros() {
    return captureOffset;
  }

  void captureOffset(long micros) {
    captureOffset = micros;
  }

  /**
   * Adds a sink: in one step it gets the cached group of pictures and, from then on, every block. A
   * stream that has ended tells it so.
   */
  public void subscribe(BlockSink sink) {
    serial.execute(
        () -> {
          if (ended) {
            sink.ended("the stream is over");
            return;
          }
          sink.begin(gop.share());
          sinks.add(sink);
          if (state == StreamState.INTERRUPTED) {
            sink.interrupted();
          }
        });
  }

  /** Removes a sink. Blocks that were under way may still reach it; it then just releases them. */
  public void unsubscribe(BlockSink sink) {
    serial.execute(() -> sinks.remove(sink));
  }

  Publication current() {
    return current;
  }

  StreamClock clock() {
    return clock;
  }

  /**
   * Passes a block on; takes over the caller's reference. Ignored from a superseded publication.
   */
  void distribute(Publication from, RtpBlock block) {
    serial.execute(
        () -> {
          if (from != current || ended) {
            block.release();
            return;
          }
          clock.passed(block.timeMicros(), block.receivedNanos());
          pass(block);
        });
  }

  /**
   * Passes on a block with a time of this stream's timeline, whoever made it; takes over the
   * caller's reference.
   */
  void passOn(RtpBlock block) {
    serial.execute(
        () -> {
          if (ended) {
            block.release();
          } else {
            pass(block);
          }
        });
  }

  private void pass(RtpBlock block) {
    boolean isVideo = block.codec().medium() == Medium.VIDEO;
    (isVideo ? videoMeter : audioMeter).passed(block);
    lastFrameNanos = block.receivedNanos();
    sawFrame = true;
    gop.add(block);
    for (BlockSink sink : sinks) {
      if (isVideo || sink.takesSound(block.codec())) {
        sink.accept(block.retain());
      }
    }
    block.release();
  }

  /**
   * Passes on sound that was brought into another codec than its source's, with a time of this
   * stream's timeline; takes over the caller's reference. Any thread.
   */
  public void addRendition(RtpBlock sound) {
    serial.execute(
        () -> {
          if (!ended) {
            for (BlockSink sink : sinks) {
              if (sink.takesRendition(sound.codec())) {
                sink.accept(sound.retain());
              }
            }
          }
          sound.release();
        });
  }

  void formats(@Nullable VideoFormat newVideo, @Nullable AudioFormat newAudio) {
    video = newVideo;
    audio = newAudio;
  }

  /** A newer publication takes the place of the current one, which is returned. */
  Publication supersede(Publication newer) {
    Publication older = current;
    boolean wasInterrupted = state == StreamState.INTERRUPTED;
    current = newer;
    captureOffset = UNKNOWN_CAPTURE;
    state = StreamState.LIVE;
    if (wasInterrupted) {
      serial.execute(() -> sinks.forEach(BlockSink::resumed));
    }
    return older;
  }

  void interrupt() {
    state = StreamState.INTERRUPTED;
    serial.execute(() -> sinks.forEach(BlockSink::interrupted));
  }

  /** The source of what is passed on here has come back. */
  void resume() {
    state = StreamState.LIVE;
    serial.execute(() -> sinks.forEach(BlockSink::resumed));
  }

  void end(String reason) {
    state = StreamState.ENDED;
    serial.execute(
        () -> {
          ended = true;
          gop.clear();
          sinks.forEach(sink -> sink.ended(reason));
          sinks.clear();
        });
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
