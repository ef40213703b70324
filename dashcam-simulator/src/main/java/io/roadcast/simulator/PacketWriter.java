package io.roadcast.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.Jt1078PacketEncoder;
import io.roadcast.jtt.jt1078.TerminalId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Turns items into packets and sends them on one open connection, with the losses and changed order
 * asked for. One sequence counter for all channels, which begins at 0. Used by one thread.
 */
final class PacketWriter {
  private final PacketPath path;
  private final Transport transport;
  private final @Nullable TerminalId replacement;
  private final boolean keepChannels;
  private final Impairment impairment;
  private final Random random;
  private final UplinkCounters counters;
  private final Jt1078PacketEncoder encoder;
  private final ByteBuf buffer = Unpooled.buffer(64 * 1024);
  private int[] ends = new int[64];
  private int count;

  /**
   * @param ids whether packets of a file keep their ids
   * @param severalChannels whether they keep their channels
   */
  PacketWriter(
      PacketPath path,
      Transport transport,
      TerminalId terminal,
      Source.Ids ids,
      boolean severalChannels,
      Impairment impairment,
      Random random,
      UplinkCounters counters) {
    this.path = path;
    this.transport = transport;
    this.replacement = ids == Source.Ids.OF_FILE ? null : terminal;
    this.keepChannels = ids == Source.Ids.OF_FILE || severalChannels;
    this.impairment = impairment;
    this.random = random;
    this.counters = counters;
    this.encoder = new Jt1078PacketEncoder(terminal);
  }

  void send(Item item, int channel) throws IOException {
    buffer.clear();
    count = 0;
    switch (item) {
      case Item.Frame frame ->
          encoder.encode(
              () -> buffer,
              written -> endPacket(),
              channel,
              frame.type(),
              frame.payloadType(),
              frame.timestamp(),
              ByteBuffer.wrap(frame.bytes()));
      case Item.Replay replay -> {
        int shown = keepChannels ? replay.packet().channel() : channel;
        replay.packet().write(buffer, replay.sequence(), replay.timestamp(), replacement, shown);
        endPacket();
      }
    }
    if (transport == Transport.TCP && impairment.equals(Impairment.none())) {
      transmit(0, count);
    } else {
      transmitEach();
    }
    count(item);
  }

  private void endPacket() {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[count++] = buffer.writerIndex();
  }

  private void transmitEach() throws IOException {
    int packet = 0;
    while (packet < count) {
      boolean swap = packet + 1 < count && random.nextDouble() * 100 < impairment.reorderPercent();
      if (swap) {
        transmitUnlessLost(packet + 1);
      }
      transmitUnlessLost(packet);
      packet += swap ? 2 : 1;
    }
  }

  private void transmitUnlessLost(int packet) throws IOException {
    if (random.nextDouble() * 100 < impairment.lossPercent()) {
      counters.packetsLost.increment();
    } else {
      transmit(packet, packet + 1);
    }
  }

  private void transmit(int first, int end) throws IOException {
    int from = first == 0 ? 0 : ends[first - 1];
    int length = ends[end - 1] - from;
    path.send(buffer.array(), buffer.arrayOffset() + from, length);
    counters.packets.add(end - first);
    counters.bytes.add(length);
  }

  private void count(Item item) {
    if (item.isSound()) {
      counters.soundBlocks.increment();
      return;
    }
    counters.videoFrames.increment();
    if (item.startsDecoding()) {
      counters.keyframes.increment();
    }
  }
}
