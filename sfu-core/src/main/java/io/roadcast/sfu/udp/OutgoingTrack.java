package io.roadcast.sfu.udp;

import io.roadcast.media.rtp.RtpBlock;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One track on its way to one viewer: its SSRC, its sequence numbers without a gap from a random
 * start, its random time offset.
 */
final class OutgoingTrack {
  private final TrackPlan plan;
  private final RtpHeaderLayout headers;
  private final int timestampOffset = ThreadLocalRandom.current().nextInt();
  // Below 2^15, so that the receiver's first guess of the roll-over counter is right.
  private long nextSequence = ThreadLocalRandom.current().nextInt(1 << 15);
  private long captureTime;
  private long packets;
  private long octets;

  OutgoingTrack(TrackPlan plan) {
    this.plan = plan;
    this.headers =
        new RtpHeaderLayout(
            plan.payloadType(),
            plan.ssrc(),
            plan.playoutDelayExtension(),
            plan.transportSequenceExtension(),
            plan.captureTimeExtension());
  }

  TrackPlan plan() {
    return plan;
  }

  /** Extended (not wrapped) number of the next packet. */
  long nextSequence() {
    return nextSequence;
  }

  /** The 32 bits that stand for a time in ticks. */
  int timestamp(long ticks) {
    return timestampOffset + (int) ticks;
  }

  /** Whether the viewer is told when pictures were taken. */
  boolean tellsCapture() {
    return headers.tellsCapture();
  }

  /**
   * When the picture was taken that is sent from now on.
   *
   * @param ntpTime 0 if that is not known
   */
  void captured(long ntpTime) {
    captureTime = ntpTime;
  }

  /** Packets sent, for sender reports. */
  long packets() {
    return packets;
  }

  /** Payload bytes sent, for sender reports. */
  long octets() {
    return octets;
  }

  /**
   * Sends packets {@code first} to {@code end}, exclusive, of a block, in runs of equal length.
   *
   * @param playoutDelay the extension's 24 bits
   * @return how many were sent; fewer if the socket is full
   */
  int send(RtpBlock block, int first, int end, int timestamp, int playoutDelay, Outlet out) {
    Egress egress = out.egress();
    int tagBytes = out.context().profile().tagBytes();
    int packet = first;
    while (packet < end) {
      int stride = headers.length() + block.payloadLength(packet) + tagBytes;
      int run = runOfEqualPackets(block, packet, end, egress.maxRunBytes() / stride);
      if (!out.room(run * stride)) {
        break;
      }
      int at = egress.position();
      writeHeaders(out, at, stride, block, packet, run, timestamp, playoutDelay);
      int bytes =
          egress
              .engine()
              .protect(
                  out.context(), block, packet, run, egress.slab(), at, headers.length(), stride);
      egress.add(out.path(), bytes, stride, run);
      out.spent(bytes, run);
      packets += run;
      octets += bytes - (long) run * (headers.length() + tagBytes);
      packet += run;
    }
    return packet - first;
  }

  private void writeHeaders(
      Outlet out,
      int at,
      int stride,
      RtpBlock block,
      int first,
      int count,
      int timestamp,
      int playoutDelay) {
    MemorySegment slab = out.egress().slab();
    long nowNanos = headers.isNumbered() ? out.egress().nanos() : 0;
    for (int i = 0; i < count; i++) {
      boolean last = first + i == block.packetCount() - 1;
      int number = headers.isNumbered() ? out.pace().estimator().sent(stride, nowNanos) : 0;
      headers.write(
          slab,
          at + (long) i * stride,
          last,
          nextSequence++,
          timestamp,
          playoutDelay,
          number,
          captureTime);
    }
  }

  /** How many packets from that one on have its length; a shorter one may close the run. */
  private static int runOfEqualPackets(RtpBlock block, int first, int end, int max) {
    int length = block.payloadLength(first);
    int packet = first + 1;
    int limit = (int) Math.min(end, (long) first + max);
    while (packet < limit && block.payloadLength(packet) == length) {
      packet++;
    }
    boolean shorterFollows = packet < limit && block.payloadLength(packet) < length;
    return packet - first + (shorterFollows ? 1 : 0);
  }
}
