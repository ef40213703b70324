package io.roadcast.sfu.udp;

import io.roadcast.media.rtp.RtpBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends packets of the picture again that a viewer misses, from the stream's window: on an SSRC of
 * their own, the original sequence number before the payload (RFC 4588 section 4).
 */
final class Repairs {
  private static final int ORIGINAL_SEQUENCE_BYTES = 2;
  private static final long MARGIN_NANOS = 5_000_000;

  /** No more than this many packets are sent again within a period. */
  private static final int MAX_PER_PERIOD = 256;

  private static final long PERIOD_NANOS = 20_000_000;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final RtpHeaderLayout headers;
  private final RecentRepairs recent = new RecentRepairs();
  private long nextSequence = ThreadLocalRandom.current().nextInt(1 << 15);
  private long packets;
  private long octets;
  private long periodBegan;
  private int inPeriod;

  Repairs(TrackPlan plan) {
    headers =
        new RtpHeaderLayout(
            plan.retransmissionPayloadType(),
            plan.retransmissionSsrc(),
            plan.playoutDelayExtension(),
            plan.transportSequenceExtension(),
            TrackPlan.NONE);
  }

  /** Packets sent again, as repairs or probes. */
  long packets() {
    return packets;
  }

  long octets() {
    return octets;
  }

  /**
   * Sends a packet again, unless it is forgotten or was sent so lately that the request can not
   * know of it.
   *
   * @param sequence 16 bits, as the viewer names it
   * @param window of the stream that is shown
   * @param roundTripNanos 0 if unknown
   */
  boolean resend(
      int sequence,
      VideoSender video,
      StreamWindow window,
      long roundTripNanos,
      long nowNanos,
      Outlet out) {
    long extended = SentFrames.extend(sequence, video.track().nextSequence());
    int frame = video.sent().find(extended);
    if (extended < 0 || frame < 0) {
      return false;
    }
    StreamWindow from = video.windowOf(extended, window);
    RtpBlock block = from == null ? null : from.get(video.sent().serial(frame));
    long packet = extended - video.sent().firstSequence(frame);
    if (block == null || packet >= block.packetCount()) {
      return false;
    }
    long lastSent = recent.lastNanos(extended, video.sent().sentNanos(frame));
    long patience = Math.min(roundTripNanos * 9 / 10, roundTripNanos - MARGIN_NANOS);
    if (nowNanos - lastSent < patience || exceedsRate(nowNanos, out.pace())) {
      return false;
    }
    int delayBits = video.delayBits(video.sent().serial(frame));
    if (!send(block, (int) packet, sequence, video.sent().timestamp(frame), delayBits, out)) {
      return false;
    }
    recent.note(extended, nowNanos);
    return true;
  }

  /** Whether what is sent is reported on, packet by packet. */
  boolean isNumbered() {
    return headers.isNumbered();
  }

  /**
   * Sends the last packets again that were sent of the picture, at once: to measure the path, and
   * of use where one of them was lost. They count as packets sent again.
   *
   * @param window of the stream that is shown
   */
  void probe(int count, VideoSender video, StreamWindow window, Outlet out) {
    long end = video.track().nextSequence();
    out.pace().estimator().probeBegins();
    for (long sequence = Math.max(0, end - count); sequence < end; sequence++) {
      int frame = video.sent().find(sequence);
      StreamWindow from = frame < 0 ? null : video.windowOf(sequence, window);
      RtpBlock block = from == null ? null : from.get(video.sent().serial(frame));
      long packet = frame < 0 ? 0 : sequence - video.sent().firstSequence(frame);
      if (block != null && packet < block.packetCount()) {
        int delayBits = video.delayBits(video.sent().serial(frame));
        int timestamp = video.sent().timestamp(frame);
        send(block, (int) packet, (int) (sequence & 0xffff), timestamp, delayBits, out);
      }
    }
    out.pace().estimator().probeSent();
  }

  private boolean exceedsRate(long nowNanos, Pace pace) {
    if (nowNanos - periodBegan >= PERIOD_NANOS) {
      periodBegan = nowNanos;
      inPeriod = 0;
    }
    return ++inPeriod > pace.repairsWithin(PERIOD_NANOS, MAX_PER_PERIOD);
  }

  private boolean send(
      RtpBlock block, int packet, int sequence, int timestamp, int delayBits, Outlet out) {
    Egress egress = out.egress();
    int payload = ORIGINAL_SEQUENCE_BYTES + block.payloadLength(packet);
    int room = headers.length() + payload + out.context().profile().tagBytes();
    if (!out.room(room)) {
      return false;
    }
    MemorySegment slab = egress.slab();
    long at = egress.position();
    boolean last = packet == block.packetCount() - 1;
    int number = headers.isNumbered() ? out.pace().estimator().sent(room, egress.nanos()) : 0;
    headers.write(slab, at, last, nextSequence++, timestamp, delayBits, number, 0);
    slab.set(SHORT, at + headers.length(), (short) sequence);
    MemorySegment.copy(
        block.bytes(),
        block.payloadOffset(packet),
        slab,
        at + headers.length() + ORIGINAL_SEQUENCE_BYTES,
        block.payloadLength(packet));
    int length = egress.engine().protectOne(out.context(), slab, at, headers.length(), payload);
    egress.add(out.path(), length, length, 1);
    out.spent(length, 1);
    packets++;
    octets += payload;
    return true;
  }
}
