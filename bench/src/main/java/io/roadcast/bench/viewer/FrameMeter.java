package io.roadcast.bench.viewer;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.h264.H264Depacketizer;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sees the pictures in a track's packets: complete or not, keyframe, when its packets came. */
final class FrameMeter implements PacketOrder.Output {
  private static final long BURST = TimeUnit.SECONDS.toNanos(2);
  private static final int IDR = 5;
  private static final int STAP_A = 24;
  private static final int FU_A = 28;

  private final int clockRate;
  private final boolean picture;
  private final @Nullable MediaSink sink;
  private final H264Depacketizer depacketizer = new H264Depacketizer();
  private final DelayHistogram spread = new DelayHistogram();
  private final DelayHistogram firstPacketDelay = new DelayHistogram();
  private final DelayHistogram lastPacketDelay = new DelayHistogram();
  private boolean open;
  private boolean keyframe;
  private boolean damaged;
  private boolean lossBefore;
  private int timestamp;
  private long firstArrival;
  private long lastArrival;

  private boolean any;
  private long begunNanos;
  private long unwrappedTicks;
  private int unwrappedFrom;
  private long leastTransit = Long.MAX_VALUE;
  private long complete;
  private long keyframes;
  private long damagedFrames;
  private int lastTimestamp;
  private long lastFrameArrival;
  private long firstKeyframeNanos;

  /**
   * @param picture whether a marker ends a frame; otherwise each packet is one
   */
  FrameMeter(int clockRate, boolean picture, @Nullable MediaSink sink) {
    this.clockRate = clockRate;
    this.picture = picture;
    this.sink = sink;
  }

  @Override
  public void packet(byte[] bytes, int offset, int length, int time, boolean marker, long arrival) {
    if (open && time != timestamp) {
      end(false);
    }
    if (!open) {
      begin(time, arrival);
    }
    firstArrival = Math.min(firstArrival, arrival);
    lastArrival = Math.max(lastArrival, arrival);
    if (picture) {
      keyframe |= carriesKeyframe(bytes, offset, length);
      depacketize(bytes, offset, length);
    } else if (sink != null) {
      sink.sound(ByteBuffer.wrap(bytes, offset, length).slice(), time);
    }
    if (marker || !picture) {
      end(true);
    }
  }

  @Override
  public void lost(long packets) {
    if (open) {
      damaged = true;
    } else {
      lossBefore = true;
    }
    if (sink != null) {
      depacketizer.lost();
    }
  }

  private void begin(int time, long arrival) {
    if (!any) {
      any = true;
      begunNanos = arrival;
      unwrappedFrom = time;
    }
    open = true;
    keyframe = false;
    damaged = lossBefore && picture;
    lossBefore = false;
    timestamp = time;
    firstArrival = arrival;
    lastArrival = arrival;
  }

  private void end(boolean whole) {
    open = false;
    if (picture && sink != null) {
      sink.picture(depacketizer.take(), timestamp);
    }
    if (!whole || damaged) {
      damagedFrames++;
      return;
    }
    complete++;
    if (keyframe && keyframes++ == 0) {
      firstKeyframeNanos = lastArrival;
    }
    lastTimestamp = timestamp;
    lastFrameArrival = lastArrival;
    measure();
  }

  private void measure() {
    spread.add(lastArrival - firstArrival);
    unwrappedTicks += timestamp - unwrappedFrom;
    unwrappedFrom = timestamp;
    if (firstArrival - begunNanos < BURST) {
      return;
    }
    long streamNanos = (long) (unwrappedTicks * (1e9 / clockRate));
    long transit = firstArrival - begunNanos - streamNanos;
    leastTransit = Math.min(leastTransit, transit);
    firstPacketDelay.add(transit - leastTransit);
    lastPacketDelay.add(lastArrival - begunNanos - streamNanos - leastTransit);
  }

  private void depacketize(byte[] bytes, int offset, int length) {
    if (sink == null) {
      return;
    }
    try {
      depacketizer.accept(ByteBuffer.wrap(bytes, offset, length).slice());
    } catch (MalformedMediaException e) {
      damaged = true;
    }
  }

  /** Whether an IDR slice is in this payload of RFC 6184. */
  private static boolean carriesKeyframe(byte[] bytes, int offset, int length) {
    if (length < 2) {
      return false;
    }
    int type = bytes[offset] & 0x1F;
    return switch (type) {
      case IDR -> true;
      case FU_A -> (bytes[offset + 1] & 0x1F) == IDR;
      case STAP_A -> keyframeInside(bytes, offset + 1, offset + length);
      default -> false;
    };
  }

  private static boolean keyframeInside(byte[] bytes, int from, int end) {
    int at = from;
    while (at + 2 < end) {
      if ((bytes[at + 2] & 0x1F) == IDR) {
        return true;
      }
      at += 2 + ((bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF));
    }
    return false;
  }

  /** When the first keyframe was complete, {@link System#nanoTime()}; 0 before. */
  long firstKeyframeNanos() {
    return firstKeyframeNanos;
  }

  FrameStatistics statistics() {
    return new FrameStatistics(
        complete,
        keyframes,
        damagedFrames,
        lastTimestamp,
        lastFrameArrival,
        spread.copy(),
        firstPacketDelay.copy(),
        lastPacketDelay.copy());
  }
}
