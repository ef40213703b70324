package io.roadcast.jtt.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.roadcast.jtt.jt808.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A TCP connection. */
final class TcpWire implements Wire {
  private final Channel channel;
  private final InetSocketAddress remote;
  private @Nullable CloseReason closing;
  private boolean gathering;

  TcpWire(Channel channel, InetSocketAddress remote) {
    this.channel = channel;
    this.remote = remote;
  }

  @Override
  public void send(List<Bytes> frames) {
    if (closing != null || !channel.isActive()) {
      return;
    }
    if (!channel.isWritable()) {
      close(CloseReason.NOT_READING);
      return;
    }
    int length = 0;
    for (Bytes frame : frames) {
      length += frame.length();
    }
    ByteBuf out = channel.alloc().buffer(length);
    frames.forEach(frame -> frame.writeTo(out));
    channel.write(out, channel.voidPromise());
    if (!gathering) {
      channel.flush();
    }
  }

  /** While one read is handled, its answers are gathered. */
  void gather() {
    gathering = true;
  }

  /** Sends what was gathered. */
  void sendGathered() {
    gathering = false;
    channel.flush();
  }

  @Override
  public void close(CloseReason reason) {
    if (closing == null) {
      closing = reason;
      channel.flush();
      var unused = channel.close();
    }
  }

  /** Why we closed it; null if the terminal did. */
  @Nullable CloseReason closing() {
    return closing;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public @Nullable InetSocketAddress local() {
    return channel.localAddress() instanceof InetSocketAddress address ? address : null;
  }

  @Override
  public void read(Reading reading) {
    channel.config().setAutoRead(reading == Reading.ON);
  }

  @Override
  public boolean run(Runnable task) {
    try {
      channel.eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException stopping) {
      return false;
    }
  }

  @Override
  public boolean lossy() {
    return false;
  }

  @Override
  public boolean moved() {
    return false;
  }

  @Override
  public void settled() {
    // A connection stays where it is.
  }
}
