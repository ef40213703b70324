package io.roadcast.sfu.linux;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PortSharing;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What the kernel takes as one message that leaves as several datagrams (UDP_SEGMENT, udp(7)).
 *
 * @param maxDatagrams of one message; 1 if there is no segmentation
 * @param maxBytes of one message
 * @param refusal why there is none; empty if there is
 */
record Segmentation(int maxDatagrams, int maxBytes, String refusal) {
  /** The longest UDP datagram of IPv4; IPv6 allows some more. */
  private static final int MAX_DATAGRAM_BYTES = 65_507;

  /** No extension headers, but 40 bytes of IPv6 and 8 of UDP instead of 28. */
  private static final int MAX_SEGMENTED_BYTES = 65_487;

  private static final int MOST_DATAGRAMS = 128;
  private static final int SMALL = 16;
  private static final int USUAL = 1200;

  static Segmentation none(String refusal) {
    return new Segmentation(1, MAX_DATAGRAM_BYTES, refusal);
  }

  boolean available() {
    return maxDatagrams > 1;
  }

  /**
   * Asks the kernel, by sending to a socket of our own on the loopback interface: 64 datagrams are
   * the limit of older kernels, 128 of newer ones.
   */
  static Segmentation ask(Syscalls calls) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    BoundSocket socket = BoundSocket.open(calls, loopback, MAX_DATAGRAM_BYTES, PortSharing.ALONE);
    try (Arena arena = Arena.ofConfined()) {
      MessageVector message = new MessageVector(arena, 1);
      MemorySegment memory = arena.allocate(MAX_SEGMENTED_BYTES);
      message.to(0, new LinuxPath(PeerAddress.of(socket.address()), socket.family()));
      int datagrams = MOST_DATAGRAMS;
      int result = send(calls, socket, message, memory, datagrams * SMALL, SMALL);
      while (result < 0 && datagrams > 2) {
        datagrams /= 2;
        result = send(calls, socket, message, memory, datagrams * SMALL, SMALL);
      }
      if (result < 0) {
        return none("UDP_SEGMENT: " + Errno.name(-result));
      }
      int bytes = Math.min(MAX_SEGMENTED_BYTES, datagrams * USUAL);
      while (send(calls, socket, message, memory, bytes, USUAL) < 0 && bytes > 2 * USUAL) {
        bytes /= 2;
      }
      return new Segmentation(datagrams, bytes, "");
    } finally {
      calls.close(socket.descriptor());
    }
  }

  private static int send(
      Syscalls calls,
      BoundSocket socket,
      MessageVector message,
      MemorySegment memory,
      int bytes,
      int datagramBytes) {
    message.memory(0, memory.address(), bytes);
    message.segmented(0, datagramBytes);
    return calls.send(socket.descriptor(), message.headers(), 1);
  }
}
