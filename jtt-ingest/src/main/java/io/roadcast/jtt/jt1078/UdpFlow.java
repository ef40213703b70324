package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What one source address sends by UDP. Used by the port's event loop. */
final class UdpFlow {
  private final UplinkConnection uplink;
  private final IngestStatistics statistics;
  private final Jt1078PacketDecoder decoder;
  private final SequenceReorder reorder = new SequenceReorder(this::inOrder);
  private long lastDatagramNanos;
  private long lateSeen;
  private long duplicatesSeen;

  UdpFlow(
      UplinkConnection uplink,
      Jt1078Config config,
      IngestStatistics statistics,
      ExpectedTerminals expected) {
    this.uplink = uplink;
    this.statistics = statistics;
    this.decoder =
        new Jt1078PacketDecoder(config.maxBodyBytes(), config.maxGarbageBytes(), expected);
  }

  /** Whether a datagram can be the beginning of a packet; only such make a flow. */
  static boolean plausible(ByteBuf datagram) {
    return datagram.readableBytes() >= Jt1078Packet.fixedBytes(IdWidth.SIX)
        && datagram.getInt(datagram.readerIndex()) == Jt1078Packet.MAGIC;
  }

  /** Takes a plausible datagram and its reference. */
  void datagram(ByteBuf datagram, long nowNanos) {
    lastDatagramNanos = nowNanos;
    int sequence = datagram.getUnsignedShort(datagram.readerIndex() + Jt1078Packet.SEQUENCE_OFFSET);
    reorder.offer(sequence, datagram, nowNanos);
    long late = reorder.lateDatagrams() - lateSeen;
    long duplicates = reorder.duplicateDatagrams() - duplicatesSeen;
    if (late > 0 || duplicates > 0) {
      lateSeen += late;
      duplicatesSeen += duplicates;
      statistics.dropped(DropReason.LATE_DATAGRAM, late);
      statistics.dropped(DropReason.DUPLICATE_DATAGRAM, duplicates);
    }
  }

  private void inOrder(ByteBuf datagram, long arrivalNanos) {
    try {
      decoder.startDatagram();
      for (@Nullable Jt1078Packet packet = decoder.next(datagram);
          packet != null;
          packet = decoder.next(datagram)) {
        uplink.packet(packet, arrivalNanos);
      }
      decoder.finish(datagram);
      uplink.noteBadInput(decoder, arrivalNanos);
    } finally {
      datagram.release();
    }
  }

  /** Passes on what waited long enough for missing datagrams. */
  void expire(long nowNanos) {
    if (reorder.waiting()) {
      reorder.expire(nowNanos);
    }
  }

  /** A flow that was told to pause is not idle. */
  boolean idle(long nowNanos, long timeoutNanos) {
    if (uplink.paused()) {
      lastDatagramNanos = nowNanos;
    }
    return nowNanos - lastDatagramNanos >= timeoutNanos;
  }

  UplinkConnection uplink() {
    return uplink;
  }

  void close(CloseReason reason) {
    reorder.flush();
    uplink.close(reason);
  }
}
