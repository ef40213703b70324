package io.roadcast.sfu.linux;

import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PeerPath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A peer's socket address, ready to be copied into a message: held as numbers, so that it needs no
 * memory of its own outside the heap. Belongs to the worker's thread.
 */
final class LinuxPath implements PeerPath {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  /** struct sockaddr_in, struct sockaddr_in6. */
  static final int INET_BYTES = 16;

  static final int INET6_BYTES = 28;

  /** Room for either. */
  static final int ROOM = 32;

  private static final long MAPPED = 0xffffL;

  private final PeerAddress address;
  private final int length;
  private final long first;
  private final long second;
  private final long third;
  private boolean takesSegmented = true;

  /**
   * @param family of the socket; an IPv4 address is sent to in its mapped form by one of IPv6
   */
  LinuxPath(PeerAddress address, int family) {
    this.address = address;
    boolean plain = family == AF_INET && isMapped(address);
    length = plain ? INET_BYTES : INET6_BYTES;
    ByteBuffer bytes = ByteBuffer.allocate(ROOM).order(ByteOrder.BIG_ENDIAN);
    bytes.putShort(2, (short) address.port());
    if (plain) {
      bytes.putInt(4, (int) address.low());
    } else {
      bytes.putLong(8, address.high()).putLong(16, address.low());
    }
    bytes.order(ByteOrder.nativeOrder()).putShort(0, (short) (plain ? AF_INET : AF_INET6));
    first = bytes.getLong(0);
    second = bytes.getLong(8);
    third = bytes.getLong(16);
  }

  private static boolean isMapped(PeerAddress address) {
    return address.high() == 0 && address.low() >>> 32 == MAPPED;
  }

  @Override
  public PeerAddress address() {
    return address;
  }

  /** Bytes of the socket address. */
  int length() {
    return length;
  }

  /** Puts the socket address there; {@link #ROOM} bytes that are zero behind the address. */
  void write(MemorySegment to, long at) {
    to.set(ValueLayout.JAVA_LONG, at, first);
    to.set(ValueLayout.JAVA_LONG, at + 8, second);
    to.set(ValueLayout.JAVA_LONG, at + 16, third);
  }

  /** Whether the kernel has not refused to segment on the way to this peer. */
  boolean takesSegmented() {
    return takesSegmented;
  }

  void refuseSegmented() {
    takesSegmented = false;
  }
}
