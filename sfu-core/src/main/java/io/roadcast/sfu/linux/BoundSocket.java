package io.roadcast.sfu.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PortSharing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A bound UDP socket.
 *
 * @param family of IPv4 for an IPv4 address; otherwise of IPv6, open to IPv4 in mapped form too
 */
record BoundSocket(int descriptor, int family, InetSocketAddress address) {
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_RCVBUF = 8;
  private static final int SO_REUSEPORT = 15;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_V6ONLY = 26;

  /**
   * @throws java.net.BindException if the address is taken or not ours
   */
  static BoundSocket open(
      Syscalls calls, InetSocketAddress address, int bufferBytes, PortSharing sharing)
      throws IOException {
    InetAddress host = address.getAddress();
    if (host instanceof Inet4Address && !host.isAnyLocalAddress()) {
      return open(calls, LinuxPath.AF_INET, address, bufferBytes, sharing);
    }
    try {
      return open(calls, LinuxPath.AF_INET6, address, bufferBytes, sharing);
    } catch (NoIpv6Exception e) {
      if (!host.isAnyLocalAddress()) {
        throw e;
      }
      return open(calls, LinuxPath.AF_INET, address, bufferBytes, sharing);
    }
  }

  /** The system has no IPv6. */
  private static final class NoIpv6Exception extends IOException {
    private static final long serialVersionUID = 1L;

    NoIpv6Exception(String message) {
      super(message);
    }
  }

  private static BoundSocket open(
      Syscalls calls, int family, InetSocketAddress address, int bufferBytes, PortSharing sharing)
      throws IOException {
    int socket = calls.socket(family, SOCK_DGRAM);
    if (socket == -Errno.EAFNOSUPPORT) {
      throw new NoIpv6Exception("this system has no IPv6");
    }
    check("socket", socket);
    try {
      // The kernel gives what it allows; neither is worth failing for.
      calls.setOption(socket, SOL_SOCKET, SO_RCVBUF, bufferBytes);
      calls.setOption(socket, SOL_SOCKET, SO_SNDBUF, bufferBytes);
      if (family == LinuxPath.AF_INET6) {
        check("IPV6_V6ONLY", calls.setOption(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0));
      }
      if (sharing == PortSharing.FURTHER) {
        check("SO_REUSEPORT", calls.setOption(socket, SOL_SOCKET, SO_REUSEPORT, 1));
      }
      InetSocketAddress bound = bind(calls, socket, family, address);
      if (sharing == PortSharing.FIRST) {
        check("SO_REUSEPORT", calls.setOption(socket, SOL_SOCKET, SO_REUSEPORT, 1));
      }
      return new BoundSocket(socket, family, bound);
    } catch (IOException | RuntimeException e) {
      calls.close(socket);
      throw e;
    }
  }

  private static InetSocketAddress bind(
      Syscalls calls, int socket, int family, InetSocketAddress address) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(LinuxPath.ROOM, 8);
      LinuxPath path = new LinuxPath(wildcardOf(family, address), family);
      path.write(name, 0);
      int bound = calls.bind(socket, name, path.length());
      if (bound == -Errno.EADDRNOTAVAIL && address.getAddress().isAnyLocalAddress()) {
        throw new NoIpv6Exception("IPv6 is switched off");
      }
      check("bind", bound);
      MemorySegment length = arena.allocate(JAVA_INT);
      length.set(JAVA_INT, 0, LinuxPath.ROOM);
      check("getsockname", calls.name(socket, name, length));
      SenderName own = new SenderName(name);
      return new PeerAddress(own.high(0), own.low(0), own.port(0)).toSocketAddress();
    }
  }

  /** Any address is {@code ::} for IPv6, not the mapped form of 0.0.0.0. */
  private static PeerAddress wildcardOf(int family, InetSocketAddress address) {
    boolean any = family == LinuxPath.AF_INET6 && address.getAddress().isAnyLocalAddress();
    return any ? new PeerAddress(0, 0, address.getPort()) : PeerAddress.of(address);
  }

  private static void check(String call, int result) throws IOException {
    if (result < 0) {
      throw Errno.failure(call, -result);
    }
  }
}
