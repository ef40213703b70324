package io.roadcast.sfu.router;

import io.roadcast.media.rtp.RtpBlock;

/**
 * Rates of one track over about the last two seconds. Written in the stream's serial order; the
 * latest rates may be read on any thread.
 */
final class TrackMeter {
  /**
   * @param frames since the stream began
   * @param frameRate frames per second; 0 until known
   * @param bitRate payload bits per second; 0 until known
   * @param keyframeIntervalMillis between the last two keyframes; 0 until known
   */
  record Rates(long frames, double frameRate, long bitRate, long keyframeIntervalMillis) {}

  private static final long WINDOW_NANOS = 2_000_000_000L;

  private volatile Rates rates = new Rates(0, 0, 0, 0);
  private long frames;
  private long windowStartNanos;
  private long windowFrames;
  private long windowBytes;
  private boolean windowOpen;
  private long lastKeyframeMicros = Long.MIN_VALUE;
  private long keyframeIntervalMillis;

  void passed(RtpBlock block) {
    frames++;
    if (block.keyframe()) {
      if (lastKeyframeMicros != Long.MIN_VALUE) {
        keyframeIntervalMillis = (block.timeMicros() - lastKeyframeMicros) / 1000;
      }
      lastKeyframeMicros = block.timeMicros();
    }
    long elapsed = block.receivedNanos() - windowStartNanos;
    if (!windowOpen) {
      open(block);
    } else if (elapsed >= WINDOW_NANOS) {
      double seconds = elapsed / 1e9;
      rates =
          new Rates(
              frames,
              windowFrames / seconds,
              Math.round(windowBytes * 8 / seconds),
              keyframeIntervalMillis);
      open(block);
    }
    windowFrames++;
    windowBytes += block.payloadBytes();
  }

  Rates rates() {
    return rates;
  }

  private void open(RtpBlock block) {
    windowOpen = true;
    windowStartNanos = block.receivedNanos();
    windowFrames = 0;
    windowBytes = 0;
  }
}
