package io.roadcast.sfu.udp;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** The port on any system: a channel and a selector, one call per packet. */
public final class NioUdpPort implements UdpPort {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private record Path(PeerAddress address, InetSocketAddress socketAddress) implements PeerPath {}

  private final DatagramChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final InetSocketAddress localAddress;
  private final ByteBuffer received = ByteBuffer.allocateDirect(ReceiveBatch.SLOT_BYTES);
  private final Consumer<SelectionKey> nothing = ready -> {};
  private MemorySegment viewed = MemorySegment.NULL;
  private ByteBuffer view = ByteBuffer.allocate(0);
  private volatile long errors;

  // The sender of the previous datagram: the channel hands out the same object again.
  private SocketAddress lastSender = new InetSocketAddress(0);
  private PeerAddress lastAddress = new PeerAddress(0, 0, 0);

  private NioUdpPort(DatagramChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, SelectionKey.OP_READ);
    this.localAddress = (InetSocketAddress) channel.getLocalAddress();
  }

  /**
   * Binds a socket.
   *
   * @param socketBufferBytes asked of the system for both directions; it may give less
   * @throws IOException if the address is taken or not ours
   */
  public static NioUdpPort bind(
      InetSocketAddress address, int socketBufferBytes, PortSharing sharing) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      if (sharing == PortSharing.FURTHER) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.setOption(StandardSocketOptions.SO_RCVBUF, socketBufferBytes);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
      channel.configureBlocking(false);
      channel.bind(address);
      if (sharing == PortSharing.FIRST) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      return new NioUdpPort(channel, Selector.open());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "nio";
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public int maxRunBytes() {
    return 65_507;
  }

  @Override
  public PeerPath path(PeerAddress address) {
    return new Path(address, address.toSocketAddress());
  }

  @Override
  public void await(long nanos) {
    try {
      if (nanos <= 0) {
        selector.selectNow(nothing);
      } else {
        selector.select(nothing, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
      }
    } catch (IOException e) {
      countError();
    }
  }

  @Override
  public void wake() {
    selector.wakeup();
  }

  @Override
  public void receive(ReceiveBatch batch) {
    while (!batch.isFull()) {
      try {
        received.clear();
        SocketAddress sender = channel.receive(received);
        if (sender == null) {
          return;
        }
        if (sender != lastSender) {
          lastSender = sender;
          lastAddress = PeerAddress.of((InetSocketAddress) sender);
        }
      } catch (IOException e) {
        countError();
        return;
      }
      int length = received.position();
      received.get(0, batch.bytes(), batch.offset(batch.count()), length);
      batch.add(length, lastAddress.high(), lastAddress.low(), lastAddress.port());
    }
  }

  @Override
  public void send(SendBatch batch) {
    ByteBuffer slab = view(batch.slab());
    while (!batch.isEmpty()) {
      int run = batch.firstUnsent();
      InetSocketAddress target = ((Path) batch.path(run)).socketAddress;
      int end = batch.offset(run) + batch.length(run);
      int stride = batch.stride(run);
      int sent = 0;
      for (int packet = batch.offset(run); packet < end; packet += stride) {
        slab.limit(Math.min(packet + stride, end)).position(packet);
        if (!sendPacket(slab, target)) {
          batch.sentPart(sent);
          expectWrite();
          return;
        }
        sent++;
      }
      batch.sentRun();
    }
  }

  @Override
  public long errors() {
    return errors;
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }

  /** False if the socket takes no more now. */
  private boolean sendPacket(ByteBuffer packet, InetSocketAddress target) {
    try {
      return channel.send(packet, target) > 0;
    } catch (IOException e) {
      countError();
      // ENOBUFS: the queue of the network device is full, for everybody. Anything else (refused,
      // unreachable, not permitted) is this peer's affair, whose packet is lost then.
      String message = e.getMessage();
      return message == null || !message.contains("No buffer space");
    }
  }

  private void expectWrite() {
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /** The worker calls this when its batch is gone, so that a writable socket wakes it no more. */
  private void expectNoWrite() {
    if (key.interestOps() != SelectionKey.OP_READ) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  private ByteBuffer view(MemorySegment slab) {
    expectNoWrite();
    if (viewed != slab) {
      viewed = slab;
      view = slab.asByteBuffer();
    }
    return view;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the worker only
  private void countError() {
    errors++;
  }
}
