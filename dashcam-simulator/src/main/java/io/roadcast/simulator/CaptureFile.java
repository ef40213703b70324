package io.roadcast.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.ExpectedTerminals;
import io.roadcast.jtt.jt1078.Jt1078Packet;
import io.roadcast.jtt.jt1078.Jt1078PacketDecoder;
import io.roadcast.jtt.jt1078.PacketType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packets of a JT/T 1078 byte file with the moment that each is due. Bytes that are no packet
 * are left out.
 *
 * @param packets in the file's order, at least one
 * @param roundMillis time from the start of one round to the start of the next
 * @param roundSequence sequence numbers that a round uses up, gaps included
 */
record CaptureFile(List<CapturedPacket> packets, long roundMillis, int roundSequence) {
  private static final int MAX_BODY_BYTES = 0xffff;
  private static final long LARGEST_STEP_MILLIS = 10_000;
  private static final long USUAL_FRAME_MILLIS = 40;

  /**
   * @throws IOException if the file cannot be read or holds no packet
   */
  static CaptureFile read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
    Jt1078PacketDecoder decoder =
        new Jt1078PacketDecoder(MAX_BODY_BYTES, Integer.MAX_VALUE, ExpectedTerminals.unknown());
    List<CapturedPacket> packets = new ArrayList<>();
    DueTime due = new DueTime();
    while (true) {
      Jt1078Packet packet = decoder.next(buffer);
      if (packet == null) {
        break;
      }
      packets.add(captured(packet, due));
    }
    if (packets.isEmpty()) {
      throw new IOException(file + " holds no JT/T 1078 packet");
    }
    int sequences = packets.getLast().sequence() - packets.getFirst().sequence() + 1 & 0xffff;
    return new CaptureFile(List.copyOf(packets), due.roundMillis(), sequences);
  }

  /** A packet as it is sent in a round, 0 and up. */
  Item.Replay inRound(CapturedPacket packet, long round) {
    return new Item.Replay(
        packet,
        (int) (packet.sequence() + round * roundSequence & 0xffff),
        packet.timestamp() + round * roundMillis);
  }

  private static CapturedPacket captured(Jt1078Packet packet, DueTime due) {
    byte[] bytes = new byte[packet.length()];
    int start = packet.bodyOffset() + packet.bodyLength() - bytes.length;
    packet.buffer().getBytes(start, bytes);
    return new CapturedPacket(
        bytes,
        packet.width(),
        packet.terminal(),
        packet.channel(),
        packet.type(),
        packet.subPacket(),
        packet.sequence(),
        packet.timestamp(),
        due.of(packet));
  }

  /** Turns the file's timestamps, which may jump or fall back a little, into times that don't. */
  private static final class DueTime {
    private boolean started;
    private long origin;
    private long latest;
    private long frameTimestamp;
    private long frameStep = USUAL_FRAME_MILLIS;

    long of(Jt1078Packet packet) {
      if (packet.type() == PacketType.TRANSPARENT) {
        return latest;
      }
      long timestamp = packet.timestamp();
      if (!started) {
        started = true;
        origin = timestamp;
        frameTimestamp = timestamp;
      }
      long due = timestamp - origin;
      if (Math.abs(due - latest) > LARGEST_STEP_MILLIS) {
        origin = timestamp - latest - USUAL_FRAME_MILLIS;
        due = latest + USUAL_FRAME_MILLIS;
      }
      latest = Math.max(latest, due);
      if (packet.type().video() && timestamp > frameTimestamp) {
        frameStep = Math.min(timestamp - frameTimestamp, LARGEST_STEP_MILLIS);
        frameTimestamp = timestamp;
      }
      return latest;
    }

    /** The last frame lasts as long as the one before it. */
    long roundMillis() {
      return latest + frameStep;
    }
  }
}
