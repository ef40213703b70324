package io.roadcast.bench.uplink;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One terminal's connection. Used by its sender thread alone. */
final class TerminalUplink implements AutoCloseable {
  private final SocketChannel socket;
  private final byte[] id;
  private final UplinkCounts counts;
  private final long phaseNanos;
  private long pictures;
  private int sequence;
  private @Nullable ByteBuffer rest;
  private boolean broken;

  /**
   * @param phaseNanos when its first picture is due, so that not all send in the same moment
   */
  TerminalUplink(InetSocketAddress server, String digits, long phaseNanos, UplinkCounts counts)
      throws IOException {
    this.id = PicturePlan.id(digits);
    this.phaseNanos = phaseNanos;
    this.counts = counts;
    this.socket = SocketChannel.open(server);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.configureBlocking(false);
  }

  /** When its next picture is due, on the clock that its phase is of. */
  long dueNanos(PicturePlan plan) {
    return phaseNanos + pictures * plan.intervalNanos();
  }

  /**
   * Sends the next picture, or what is left of the last one.
   *
   * @param scratch room for the longest picture
   */
  void send(PicturePlan plan, ByteBuffer scratch, long nowNanos) {
    if (broken) {
      pictures++;
      return;
    }
    try {
      if (rest != null && !flush(rest)) {
        return; // It stays due: the server does not take it.
      }
      rest = null;
      counts.late(nowNanos - dueNanos(plan));
      ByteBuffer picture = next(plan, scratch);
      if (!flush(picture)) {
        ByteBuffer left = ByteBuffer.allocate(picture.remaining());
        rest = left.put(picture).flip();
      }
      pictures++;
    } catch (IOException e) {
      broken = true;
      counts.broken.increment();
    }
  }

  private boolean flush(ByteBuffer bytes) throws IOException {
    int before = bytes.remaining();
    socket.write(bytes);
    counts.bytes.add(before - bytes.remaining());
    return !bytes.hasRemaining();
  }

  private ByteBuffer next(PicturePlan plan, ByteBuffer scratch) {
    PicturePlan.Picture picture = plan.picture(pictures);
    scratch.clear().put(picture.bytes()).flip();
    long timeMillis = pictures * plan.intervalNanos() / 1_000_000;
    for (int at : picture.packets()) {
      scratch.putShort(at + PicturePlan.SEQUENCE_OFFSET, (short) sequence++);
      scratch.put(at + PicturePlan.ID_OFFSET, id, 0, PicturePlan.ID_BYTES);
      scratch.putLong(at + PicturePlan.TIME_OFFSET, timeMillis);
    }
    counts.pictures.increment();
    counts.packets.add(picture.packets().length);
    return scratch;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
