package io.roadcast.sfu.udp;

import io.roadcast.media.rtp.RtpBlock;
import org.jspecify.annotations.Nullable;

/**
 * A viewer's place in its stream's window of pictures: a cursor that waits for a keyframe, replays
 * the cached group of pictures at the pacer's rate, or is live. Sequence numbers never show which.
 *
 * <p>A replay: sent as fast as is allowed, on compressed times ({@link ReplayTiming}); pictures
 * that arrive meanwhile queue behind it on their own times; the next keyframe makes the rest of it
 * worthless, so the sender jumps there.
 *
 * <p>A viewer whose path is slower than the stream ({@link Pace#bounded()}) is sent live pictures
 * at the path's rate. What can not be sent in time is left out from the end of each group of
 * pictures, so that nothing refers to a picture that is missing.
 */
final class VideoSender {
  private enum Mode {
    WAITING_FOR_KEYFRAME,
    REPLAYING,
    LIVE,
    /** As when waiting for a keyframe, because the worker has too much to do. */
    SHED
  }

  /** A browser holds 800 pictures; a replay beyond this waits for the next keyframe instead. */
  private static final int MAX_REPLAYED_PICTURES = 750;

  /** What a browser needs to decode one picture (720p), in microseconds. */
  private static final long DECODING_MICROS = 2_000;

  /** A keyframe that is overdue by more than this may be long in coming. */
  private static final long OVERDUE_MICROS = 250_000;

  /** A live viewer may be behind by the picture that is being sent, not by more. */
  private static final int MAX_PICTURES_BEHIND = 1;

  /** A keyframe ends the wait for older pictures of a slow viewer that is behind by more. */
  private static final long KEYFRAME_LAG_MICROS = 100_000;

  /** A slow viewer that is behind by more goes without pictures up to the next keyframe. */
  private static final long MAX_LAG_MICROS = 600_000;

  private final OutgoingTrack track;
  private final ReplayTiming timing;
  private final Pace pace;
  private final int replayDelayBits;
  private int liveDelayBits;
  private final SentFrames sent = new SentFrames();
  private Mode mode = Mode.WAITING_FOR_KEYFRAME;

  /** The block that is being sent or comes next, and its first packet that is not sent yet. */
  private long cursor;

  private int packet;

  /**
   * The picture of which packets are sent and others are not: kept, whatever the window forgets.
   */
  private @Nullable RtpBlock halfSent;

  private int timestamp;
  private int delayBits;
  private long lastTicks = Long.MIN_VALUE;

  // Of the current replay: the first block that is live, and the time of the one before it.
  private long replayEdge;
  private long newestReplayedTicks;

  // Of the stream that is shown: what its times are behind, and where it began; and of the stream
  // that was shown before, for repairs.
  private long aheadTicks;
  private long shownFrom;
  private long previousFrom;
  private @Nullable StreamWindow previous;

  private boolean shownNothing = true;
  private boolean stalled;
  private long pictures;
  private long droppedFrames;
  private long shedFrames;
  private long thinnedFrames;

  VideoSender(OutgoingTrack track, ReplayTiming timing, Pace pace, PlayoutDelay playoutDelay) {
    this.track = track;
    this.timing = timing;
    this.pace = pace;
    this.replayDelayBits = playoutDelay.replayBits();
    this.liveDelayBits = playoutDelay.liveBits();
  }

  OutgoingTrack track() {
    return track;
  }

  SentFrames sent() {
    return sent;
  }

  /** What live pictures say from the next one on, as playout-delay bits. */
  void delayLive(int bits) {
    liveDelayBits = bits;
  }

  /** Whether no picture is half sent, so that another stream's may follow. */
  boolean isBetweenPictures() {
    return packet == 0;
  }

  /**
   * Goes on with the newest keyframe of another window. A picture that is half sent stays so: what
   * follows refers to nothing before it.
   *
   * @param before the window until now
   * @param ahead what to add to the times of the new window's pictures, in ticks
   */
  void moveTo(StreamWindow window, StreamWindow before, long ahead) {
    previous = before;
    previousFrom = shownFrom;
    shownFrom = track.nextSequence();
    aheadTicks = ahead;
    cursor = window.keyframe();
    leavePicture();
    replayEdge = 0;
    stalled = false;
    mode = Mode.LIVE;
  }

  /** The stream is gone: goes on with the next keyframe of another window. */
  void abandon(StreamWindow window) {
    leavePicture();
    previous = null;
    shownFrom = track.nextSequence();
    aheadTicks = 0;
    replayEdge = 0;
    waitForKeyframe(window);
  }

  /**
   * Another stream is shown from now on, from a keyframe of its window: {@link #start} follows. A
   * picture that is half sent stays so.
   *
   * @param ahead what to add to the times of its pictures, in ticks
   */
  void turnTo(StreamWindow window, long ahead) {
    abandon(window);
    aheadTicks = ahead;
    shownNothing = true;
    stalled = false;
  }

  /** The window that a packet came from; null if that is forgotten. */
  @Nullable StreamWindow windowOf(long sequence, StreamWindow shown) {
    if (sequence >= shownFrom) {
      return shown;
    }
    return sequence >= previousFrom ? previous : null;
  }

  /** Whether pictures wait for their turn. */
  boolean isPaced(StreamWindow window) {
    return mode == Mode.REPLAYING
        || (mode == Mode.LIVE && pace.bounded() && cursor < window.next());
  }

  boolean isReplaying() {
    return mode == Mode.REPLAYING;
  }

  boolean isLive() {
    return mode == Mode.LIVE;
  }

  /** Frames that were left out while it was shed. */
  long shedFrames() {
    return shedFrames;
  }

  /** Frames that were left out because the path is slower than the stream. */
  long thinnedFrames() {
    return thinnedFrames;
  }

  /** Pictures that are to be sent, the coming one included; 0 if a keyframe is waited for. */
  long behind(StreamWindow window) {
    boolean served = mode == Mode.LIVE || mode == Mode.REPLAYING;
    return served ? window.next() - cursor + 1 : 0;
  }

  /**
   * No more pictures up to the next keyframe; false if a picture is half sent or none is to be
   * sent.
   */
  boolean shed() {
    if (packet != 0 || (mode != Mode.LIVE && mode != Mode.REPLAYING)) {
      return false;
    }
    if (mode == Mode.REPLAYING && cursor < replayEdge) {
      shedFrames += replayEdge - cursor;
      cursor = replayEdge;
    }
    mode = Mode.SHED;
    return true;
  }

  /** Whether it joined, was shown nothing of the stream yet, and waits for a keyframe. */
  boolean isWaitingForFirst() {
    return mode == Mode.WAITING_FOR_KEYFRAME && shownNothing;
  }

  /** What the viewer is to be told with a block that it was sent, as playout-delay bits. */
  int delayBits(long serial) {
    return serial < replayEdge ? replayDelayBits : liveDelayBits;
  }

  long droppedFrames() {
    return droppedFrames;
  }

  /** Pictures that were begun to be sent. */
  long pictures() {
    return pictures;
  }

  /**
   * Begins at the newest keyframe of the window or, if that is not worth it, at the next one.
   *
   * @param bytesPerMilli the rate that a replay may have
   * @param keyframeIntervalMicros of the stream; {@link Long#MAX_VALUE} if unknown
   */
  void start(StreamWindow window, long bytesPerMilli, long keyframeIntervalMicros) {
    if (packet != 0) {
      return; // a picture is half sent: the socket is full, and a replay would not help
    }
    if (!replayPays(window, bytesPerMilli, keyframeIntervalMicros)) {
      waitForKeyframe(window);
      return;
    }
    cursor = window.keyframe();
    replayEdge = window.next();
    newestReplayedTicks = block(window, replayEdge - 1).timeTicks() + aheadTicks;
    mode = Mode.REPLAYING;
  }

  /** A replay that is of no use: the picture that is half sent stays so. {@link #start} follows. */
  void breakOff() {
    if (mode == Mode.REPLAYING) {
      leavePicture();
    }
  }

  /** The viewer is over. */
  void close() {
    leavePicture();
  }

  /** Sends what is new, unless a replay is under way or a keyframe is waited for. */
  void forward(StreamWindow window, long nowNanos, Outlet out) {
    jumpToNewKeyframe(window);
    if (mode == Mode.LIVE && pace.bounded()) {
      thinOut(window);
    } else if (mode == Mode.LIVE) {
      catchUp(window, nowNanos, out);
    }
  }

  /**
   * Sends a slice of the replay, or of what waits for a slow viewer.
   *
   * @param maxPackets at least 1
   * @return how many packets were sent
   */
  int sendSlice(StreamWindow window, int maxPackets, long nowNanos, Outlet out) {
    skipForgotten(window);
    int left = maxPackets;
    while (left > 0 && isPaced(window)) {
      int wanted = Math.min(left, coming(window).packetCount() - packet);
      int packets = send(window, wanted, nowNanos, out);
      left -= packets;
      if (packets < wanted) {
        break;
      }
      jumpToNewKeyframe(window);
      skipForgotten(window);
      if (mode == Mode.REPLAYING && cursor == window.next()) {
        mode = Mode.LIVE;
      } else if (mode == Mode.LIVE && pace.bounded()) {
        thinOut(window);
      }
    }
    if (mode == Mode.LIVE && !pace.bounded()) {
      catchUp(window, nowNanos, out);
    }
    return maxPackets - left;
  }

  /** The path is too slow for all that came: the rest of a group of pictures is left out. */
  private void thinOut(StreamWindow window) {
    skipForgotten(window);
    if (mode != Mode.LIVE || packet != 0 || cursor == window.next()) {
      return;
    }
    RtpBlock coming = block(window, cursor);
    long lagMicros = block(window, window.next() - 1).timeMicros() - coming.timeMicros();
    if (window.keyframe() > cursor && lagMicros > KEYFRAME_LAG_MICROS) {
      thinnedFrames += window.keyframe() - cursor;
      cursor = window.keyframe();
    } else if (lagMicros > MAX_LAG_MICROS && !coming.keyframe()) {
      thinnedFrames += window.next() - cursor;
      waitForKeyframe(window);
    }
  }

  /** Sends all there is. If the socket was full for longer than a picture, the viewer skips. */
  private void catchUp(StreamWindow window, long nowNanos, Outlet out) {
    skipForgotten(window);
    while (mode == Mode.LIVE && cursor < window.next()) {
      int wanted = coming(window).packetCount() - packet;
      if (send(window, wanted, nowNanos, out) < wanted) {
        stalled = true;
        return;
      }
      if (stalled && window.next() - cursor > MAX_PICTURES_BEHIND) {
        dropToKeyframe(window);
      }
      skipForgotten(window);
    }
    stalled = false;
  }

  /** Sends packets of the block at the cursor; the cursor moves on behind the last one. */
  private int send(StreamWindow window, int wanted, long nowNanos, Outlet out) {
    RtpBlock block = coming(window);
    boolean first = packet == 0;
    long ticks = first ? beginPicture(block) : lastTicks;
    if (first && track.tellsCapture()) {
      track.captured(window.captureTime(block));
    }
    int packets = track.send(block, packet, packet + wanted, timestamp, delayBits, out);
    if (packets == 0) {
      return 0;
    }
    if (first) {
      pictures++;
      lastTicks = ticks;
      shownNothing = false;
      sent.add(cursor, window.first(), track.nextSequence() - packets, timestamp, nowNanos);
    }
    packet += packets;
    if (packet == block.packetCount()) {
      leavePicture();
      cursor++;
    } else if (halfSent == null) {
      halfSent = block.retain();
    }
    return packets;
  }

  /** Borrowed: the picture that is half sent, or the one at the cursor. */
  private RtpBlock coming(StreamWindow window) {
    RtpBlock rest = halfSent;
    return rest == null ? block(window, cursor) : rest;
  }

  /** What is not sent of it is not sent any more. */
  private void leavePicture() {
    packet = 0;
    if (halfSent != null) {
      halfSent.release();
      halfSent = null;
    }
  }

  /** Chooses the picture's time; returns it in ticks. */
  private long beginPicture(RtpBlock block) {
    boolean cached = mode == Mode.REPLAYING && cursor < replayEdge;
    long own = block.timeTicks() + aheadTicks;
    int behind = (int) (replayEdge - 1 - cursor);
    long wanted = cached ? timing.ticks(own, newestReplayedTicks, behind) : own;
    // Another replay shows pictures again whose times have passed: they follow each other by ticks.
    long ticks = Math.max(wanted, lastTicks + 1);
    timestamp = track.timestamp(ticks);
    delayBits = cached ? replayDelayBits : liveDelayBits;
    return ticks;
  }

  /** Whoever waits for a keyframe, or replays what one has made worthless, goes on with it. */
  private void jumpToNewKeyframe(StreamWindow window) {
    if (mode != Mode.LIVE && packet == 0 && window.hasKeyframe() && keyframeIsNew(window)) {
      shedFrames += mode == Mode.SHED ? window.keyframe() - cursor : 0;
      cursor = window.keyframe();
      mode = Mode.LIVE;
    }
  }

  /** Whether there is a keyframe behind what this viewer has or replays. */
  private boolean keyframeIsNew(StreamWindow window) {
    return window.keyframe() >= (mode == Mode.REPLAYING ? replayEdge : cursor);
  }

  /** A viewer that is behind by more than the window goes without what that has forgotten. */
  private void skipForgotten(StreamWindow window) {
    if (packet == 0 && cursor < window.first()) {
      dropToKeyframe(window);
    }
  }

  /** The viewer is behind: it goes on at the newest keyframe, or at the next one. */
  private void dropToKeyframe(StreamWindow window) {
    if (window.hasKeyframe() && window.keyframe() >= cursor) {
      droppedFrames += window.keyframe() - cursor;
      cursor = window.keyframe();
      mode = Mode.LIVE;
    } else {
      droppedFrames += window.next() - cursor;
      waitForKeyframe(window);
    }
  }

  private void waitForKeyframe(StreamWindow window) {
    mode = Mode.WAITING_FOR_KEYFRAME;
    cursor = window.next();
  }

  private static boolean replayPays(
      StreamWindow window, long bytesPerMilli, long keyframeIntervalMicros) {
    if (!window.hasKeyframe()) {
      return false;
    }
    long pictures = window.next() - window.keyframe();
    long sendingMicros = window.bytesFrom(window.keyframe()) * 1000 / bytesPerMilli;
    long restMicros = keyframeIntervalMicros - window.keyframeAgeMicros();
    if (restMicros < -OVERDUE_MICROS) {
      restMicros = Long.MAX_VALUE; // keyframes come as they like: the rest is anybody's guess
    }
    return pictures == 1
        || (pictures <= MAX_REPLAYED_PICTURES
            && sendingMicros + pictures * DECODING_MICROS <= restMicros);
  }

  private static RtpBlock block(StreamWindow window, long serial) {
    RtpBlock block = window.get(serial);
    if (block == null) {
      throw new IllegalStateException("block " + serial + " is not in the window");
    }
    return block;
  }
}
