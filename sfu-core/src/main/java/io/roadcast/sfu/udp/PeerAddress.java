package io.roadcast.sfu.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Where datagrams come from or go to, as plain numbers, so that it can be looked up without making
 * an object of a received address. IPv4 is held in its mapped form (::ffff:a.b.c.d). The same
 * address is another one over TCP: there the port number is held with {@link #TCP} added.
 *
 * @param high the first 8 bytes of the IPv6 address, big-endian
 * @param low the last 8 bytes
 * @param port 0 to 65535, over TCP more by {@link #TCP}
 */
public record PeerAddress(long high, long low, int port) {
  /** Added to the port numbers of TCP. */
  private static final int TCP = 1 << 16;

  private static final long MAPPED = 0xffffL << 32;

  public static PeerAddress of(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return bytes.length == 4
        ? new PeerAddress(0, MAPPED | Integer.toUnsignedLong(buffer.getInt(0)), address.getPort())
        : new PeerAddress(buffer.getLong(0), buffer.getLong(8), address.getPort());
  }

  /** The far end of a TCP connection. */
  public static PeerAddress ofTcp(InetSocketAddress address) {
    PeerAddress same = of(address);
    return new PeerAddress(same.high, same.low, same.port | TCP);
  }

  public PeerTransport transport() {
    return port < TCP ? PeerTransport.UDP : PeerTransport.TCP;
  }

  /** The same as the JDK's form; a mapped address becomes plain IPv4. */
  public InetSocketAddress toSocketAddress() {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port & TCP - 1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  /**
   * Spreads an address over 64 bits; used by the worker's table, which holds no objects as keys.
   */
  static int hash(long high, long low, int port) {
    long mixed = (high * 31 + low) * 0x9E3779B97F4A7C15L + port * 0xC2B2AE3D27D4EB4FL;
    return (int) (mixed ^ (mixed >>> 32));
  }
}
