package io.roadcast.jtt.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.ExpectedTerminals;
import io.roadcast.jtt.jt1078.Jt1078Packet;
import io.roadcast.jtt.jt1078.Jt1078PacketDecoder;
import io.roadcast.jtt.jt1078.SequenceTracker;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of one recorded media connection as the server would read them, and reports what
 * they are. The caller brings the thread.
 */
public final class Jt1078Inspection {
  private static final int PIECE_BYTES = 64 * 1024;

  private final Jt1078Report report;
  private final ElementaryStreams extracted;
  private final Jt1078PacketDecoder decoder =
      new Jt1078PacketDecoder(
          Jt1078PacketDecoder.DEFAULT_MAX_BODY_BYTES,
          Integer.MAX_VALUE,
          ExpectedTerminals.unknown());
  private final SequenceTracker sequence = new SequenceTracker();
  private final List<InspectedStream> streams = new ArrayList<>();
  private long packets;
  private long skipped;

  /**
   * @param extracted takes the media; closed by its owner
   */
  public Jt1078Inspection(Jt1078Report report, ElementaryStreams extracted) {
    this.report = report;
    this.extracted = extracted;
  }

  /** Reads to the end of the input, which stays open. */
  public void run(InputStream input) throws IOException {
    ByteBuf pending = Unpooled.buffer(2 * PIECE_BYTES);
    try {
      while (pending.writeBytes(input, PIECE_BYTES) >= 0) {
        readPackets(pending);
        pending.discardReadBytes();
      }
      decoder.decideNow();
      readPackets(pending);
      decoder.finish(pending);
    } finally {
      pending.release();
    }
    streams.forEach(InspectedStream::interrupt);
    report.summary(
        packets, decoder.skippedBytes(), streams.stream().map(InspectedStream::summary).toList());
  }

  private void readPackets(ByteBuf pending) throws IOException {
    for (Jt1078Packet packet = decoder.next(pending);
        packet != null;
        packet = decoder.next(pending)) {
      packets++;
      report.packet(packet, decoder.packetPosition(), decoder.skippedBytes() - skipped);
      skipped = decoder.skippedBytes();
      InspectedStream stream = streamOf(packet);
      int missing = sequence.missingBefore(packet);
      if (missing != 0) {
        stream.missing(missing);
        streams.forEach(InspectedStream::interrupt);
      }
      stream.add(packet);
    }
  }

  private InspectedStream streamOf(Jt1078Packet packet) {
    InspectedStream known = find(packet);
    if (known == null) {
      known = new InspectedStream(packet.terminal(), packet.channel(), extracted::write);
      streams.add(known);
    }
    return known;
  }

  private @Nullable InspectedStream find(Jt1078Packet packet) {
    for (InspectedStream stream : streams) {
      if (stream.owns(packet)) {
        return stream;
      }
    }
    return null;
  }
}
