package io.roadcast.jtt.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.roadcast.jtt.jt808.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A terminal behind the UDP port. It may roam: answers go to where it was heard last. */
final class UdpWire implements Wire {
  private final Channel port;
  private final Consumer<CloseReason> end;
  private volatile InetSocketAddress remote;
  private @Nullable InetSocketAddress settledAt;
  private boolean closed;

  /**
   * @param end is told once that it is closed
   */
  UdpWire(Channel port, InetSocketAddress remote, Consumer<CloseReason> end) {
    this.port = port;
    this.remote = remote;
    this.end = end;
  }

  /** A datagram came from there. */
  void heardFrom(InetSocketAddress sender) {
    remote = sender;
  }

  @Override
  public void send(List<Bytes> frames) {
    InetSocketAddress to = remote;
    for (Bytes frame : frames) {
      ByteBuf out = port.alloc().buffer(frame.length());
      frame.writeTo(out);
      port.writeAndFlush(new DatagramPacket(out, to), port.voidPromise());
    }
  }

  @Override
  public void close(CloseReason reason) {
    if (!closed) {
      closed = true;
      end.accept(reason);
    }
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  /** A socket that is bound to all addresses does not tell which of them a datagram came to. */
  @Override
  public @Nullable InetSocketAddress local() {
    return port.localAddress() instanceof InetSocketAddress bound
            && !bound.getAddress().isAnyLocalAddress()
        ? bound
        : null;
  }

  @Override
  public void read(Reading reading) {
    // Other terminals share the port; the session holds back what comes.
  }

  @Override
  public boolean run(Runnable task) {
    try {
      port.eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException stopping) {
      return false;
    }
  }

  @Override
  public boolean lossy() {
    return true;
  }

  @Override
  public boolean moved() {
    return !remote.equals(settledAt);
  }

  @Override
  public void settled() {
    settledAt = remote;
  }
}
