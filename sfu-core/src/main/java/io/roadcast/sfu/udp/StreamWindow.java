package io.roadcast.sfu.udp;

import io.roadcast.media.rtp.NtpTime;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.sfu.router.Stream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest blocks of one track on one worker, each with a serial number that counts up by one. It
 * reaches back to the newest keyframe or for the configured time, whichever is longer, but never
 * over its limit of bytes. Holds one reference of each block.
 */
final class StreamWindow {
  private static final int FIRST_CAPACITY = 64;
  private static final long NONE = -1;

  private final long micros;
  private final long maxBytes;
  private @Nullable RtpBlock[] ring = new RtpBlock[FIRST_CAPACITY];
  private long first;
  private long next;
  private long bytes;
  private long keyframe = NONE;
  private long keyframeMicros;
  private long captureOffsetMicros = Stream.UNKNOWN_CAPTURE;

  /**
   * @param micros how far to reach back at least, on the stream's timeline
   * @param maxBytes of payload
   */
  StreamWindow(long micros, long maxBytes) {
    this.micros = micros;
    this.maxBytes = maxBytes;
  }

  /** Takes over the caller's reference. Returns the block's serial number. */
  long add(RtpBlock block) {
    if (next - first == ring.length) {
      grow();
    }
    ring[(int) (next & (ring.length - 1))] = block;
    bytes += block.payloadBytes();
    if (block.keyframe()) {
      keyframe = next;
      keyframeMicros = block.timeMicros();
    }
    next++;
    evict(block.timeMicros());
    return next - 1;
  }

  /** Serial number of the oldest block that is still here. */
  long first() {
    return first;
  }

  /** Serial number that the next block will get. */
  long next() {
    return next;
  }

  /** The block of that number, null if it is gone or still to come. Borrowed. */
  @Nullable RtpBlock get(long serial) {
    return serial >= first && serial < next ? at(serial) : null;
  }

  /** What {@link Stream#captureOffsetMicros} said with the newest block. */
  void captured(long offsetMicros) {
    captureOffsetMicros = offsetMicros;
  }

  /** When a block's picture was taken, as an NTP timestamp; 0 if that is not known. */
  long captureTime(RtpBlock block) {
    return captureOffsetMicros == Stream.UNKNOWN_CAPTURE
        ? 0
        : NtpTime.ofEpochMicros(block.timeMicros() + captureOffsetMicros);
  }

  /** Whether decoding can start from what is here. */
  boolean hasKeyframe() {
    return keyframe >= first;
  }

  /** Serial number of the newest keyframe, if {@link #hasKeyframe()}. */
  long keyframe() {
    return keyframe;
  }

  /** How old the newest keyframe is, measured at the newest block. */
  long keyframeAgeMicros() {
    return at(next - 1).timeMicros() - keyframeMicros;
  }

  /** Sum of payload bytes from that block to the newest. */
  long bytesFrom(long serial) {
    long sum = 0;
    for (long i = Math.max(serial, first); i < next; i++) {
      sum += at(i).payloadBytes();
    }
    return sum;
  }

  /** Gives all references back. Serial numbers go on. */
  void clear() {
    while (first < next) {
      releaseFirst();
    }
  }

  private void evict(long newestMicros) {
    while (first < next) {
      boolean needed = first >= keyframe && keyframe != NONE;
      boolean old = newestMicros - at(first).timeMicros() > micros;
      if (bytes <= maxBytes && (needed || !old)) {
        return;
      }
      releaseFirst();
    }
  }

  private void releaseFirst() {
    int slot = (int) (first & (ring.length - 1));
    RtpBlock block = at(first);
    ring[slot] = null;
    first++;
    bytes -= block.payloadBytes();
    block.release();
  }

  private RtpBlock at(long serial) {
    return Objects.requireNonNull(ring[(int) (serial & (ring.length - 1))]);
  }

  private void grow() {
    @Nullable RtpBlock[] larger = new RtpBlock[ring.length * 2];
    for (long i = first; i < next; i++) {
      larger[(int) (i & (larger.length - 1))] = at(i);
    }
    ring = larger;
  }
}
