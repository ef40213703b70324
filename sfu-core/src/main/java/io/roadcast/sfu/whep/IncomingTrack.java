package io.roadcast.sfu.whep;

import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.SequenceUnwrapper;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One source of RTP: its packets in order, what to ask for again, what to report. One thread. */
final class IncomingTrack {
  private final int ssrc;
  private final Codec codec;
  private final SequenceUnwrapper numbers = new SequenceUnwrapper();
  private final PacketOrder order = new PacketOrder();
  private final ReceptionMeter meter;

  IncomingTrack(int ssrc, Codec codec) {
    this.ssrc = ssrc;
    this.codec = codec;
    this.meter = new ReceptionMeter(codec.clockRate());
  }

  int ssrc() {
    return ssrc;
  }

  Codec codec() {
    return codec;
  }

  ReceptionMeter meter() {
    return meter;
  }

  long lost() {
    return order.lost();
  }

  /** A packet came. */
  void received(int sequence, int timestamp, boolean marker, ByteBuffer payload, long nowNanos) {
    long number = numbers.unwrap(sequence);
    meter.received(number, timestamp, nowNanos);
    order.add(new IncomingPacket(number, timestamp, marker, payload, nowNanos));
  }

  /** A packet that was missing was sent again. */
  void repaired(int sequence, int timestamp, boolean marker, ByteBuffer payload, long nowNanos) {
    order.add(new IncomingPacket(numbers.unwrap(sequence), timestamp, marker, payload, nowNanos));
  }

  /** Hands out what is in order now. */
  void drain(long nowNanos, Consumer<IncomingPacket> out) {
    for (IncomingPacket packet = order.take(nowNanos);
        packet != null;
        packet = order.take(nowNanos)) {
      out.accept(packet);
    }
  }

  /** A request for what is missing; null if there is nothing to ask for now. */
  RtcpPacket.@Nullable Nack request(int reporter, long nowNanos) {
    List<Integer> missing =
        order.incomplete()
            ? order.missing(nowNanos).stream().map(number -> (int) (number & 0xFFFF)).toList()
            : List.of();
    return missing.isEmpty() ? null : new RtcpPacket.Nack(reporter, ssrc, missing);
  }
}
