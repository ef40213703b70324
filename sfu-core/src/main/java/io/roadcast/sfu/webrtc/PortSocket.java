package io.roadcast.sfu.webrtc;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.DatagramSocketImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.ice4j.TransportAddress;
import org.ice4j.socket.IceSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * One address of the shared port as ice4j wants to see it: a socket. Sending goes to the port's
 * owner. What comes in goes past this to the agent, so receiving waits until the end; ice4j spends
 * a thread on that.
 */
final class PortSocket extends IceSocketWrapper {
  /** By the kind of socket that ice4j is shown it tells UDP from TCP; it is never used. */
  private static final DatagramSocket SHOWN = new NoSocket();

  /** Sends a datagram from an address of the port. */
  @FunctionalInterface
  interface Output {
    void send(TransportAddress from, InetSocketAddress to, byte[] datagram);
  }

  private final TransportAddress address;
  private final Output output;
  private final CountDownLatch closed = new CountDownLatch(1);

  PortSocket(TransportAddress address, Output output) {
    this.address = address;
    this.output = output;
  }

  @Override
  public void send(DatagramPacket packet) {
    int start = packet.getOffset();
    byte[] datagram = Arrays.copyOfRange(packet.getData(), start, start + packet.getLength());
    output.send(address, (InetSocketAddress) packet.getSocketAddress(), datagram);
  }

  @Override
  public void receive(DatagramPacket packet) throws SocketException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SocketException("closed");
  }

  @Override
  public void close() {
    closed.countDown();
  }

  @Override
  public InetAddress getLocalAddress() {
    return address.getAddress();
  }

  @Override
  public int getLocalPort() {
    return address.getPort();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return address;
  }

  @Override
  public @Nullable Socket getTCPSocket() {
    return null;
  }

  @Override
  public DatagramSocket getUDPSocket() {
    return SHOWN;
  }

  /** A socket without a descriptor. */
  private static final class NoSocket extends DatagramSocket {
    NoSocket() {
      super(new NoImplementation());
    }
  }

  private static final class NoImplementation extends DatagramSocketImpl {
    @Override
    protected void create() {}

    @Override
    protected void bind(int port, InetAddress to) {}

    @Override
    protected void send(DatagramPacket packet) {}

    @Override
    protected int peek(InetAddress from) {
      return 0;
    }

    @Override
    protected int peekData(DatagramPacket packet) {
      return 0;
    }

    @Override
    protected void receive(DatagramPacket packet) {}

    @Override
    @Deprecated
    protected void setTTL(byte ttl) {}

    @Override
    @Deprecated
    protected byte getTTL() {
      return 1;
    }

    @Override
    protected void setTimeToLive(int ttl) {}

    @Override
    protected int getTimeToLive() {
      return 1;
    }

    @Override
    protected void join(InetAddress group) {}

    @Override
    protected void leave(InetAddress group) {}

    @Override
    protected void joinGroup(SocketAddress group, NetworkInterface network) {}

    @Override
    protected void leaveGroup(SocketAddress group, NetworkInterface network) {}

    @Override
    protected void close() {}

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
      return 0;
    }
  }
}
