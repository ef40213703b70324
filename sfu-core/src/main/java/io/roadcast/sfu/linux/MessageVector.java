package io.roadcast.sfu.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An array of {@code struct mmsghdr} with everything that its messages point to, laid out once: per
 * message one socket address, one piece of memory and one UDP_SEGMENT control message. The same on
 * all 64-bit Linux systems.
 *
 * <pre>
 *  struct mmsghdr   name 0 | name length 8 | iovec 16 | iovecs 24 | control 32 | control length 40 | flags 48 | length 56
 *  struct iovec     base 0 | length 8
 *  struct cmsghdr   length 0 | level 8 | type 12 | segment bytes (16 bits) 16
 * </pre>
 */
final class MessageVector {
  static final int SOL_UDP = 17;
  static final int UDP_SEGMENT = 103;

  static final int HEADER_BYTES = 64;
  static final int NAME = 0;
  static final int NAME_LENGTH = 8;
  static final int IOVEC = 16;
  static final int IOVECS = 24;
  static final int CONTROL = 32;
  static final int CONTROL_LENGTH = 40;
  static final int LENGTH = 56;

  private static final int IOVEC_BYTES = 16;
  private static final int CONTROL_BYTES = 24;
  private static final int SEGMENT_CONTROL_LENGTH = 18;
  private static final int SEGMENT_BYTES = 16;

  private final int capacity;
  private final MemorySegment headers;
  private final MemorySegment names;
  private final MemorySegment iovecs;
  private final MemorySegment controls;

  MessageVector(Arena arena, int capacity) {
    this.capacity = capacity;
    headers = arena.allocate((long) capacity * HEADER_BYTES, 64);
    names = arena.allocate((long) capacity * LinuxPath.ROOM, 8);
    iovecs = arena.allocate((long) capacity * IOVEC_BYTES, 8);
    controls = arena.allocate((long) capacity * CONTROL_BYTES, 8);
    for (int i = 0; i < capacity; i++) {
      long header = (long) i * HEADER_BYTES;
      long control = (long) i * CONTROL_BYTES;
      headers.set(JAVA_LONG, header + NAME, names.address() + (long) i * LinuxPath.ROOM);
      headers.set(JAVA_INT, header + NAME_LENGTH, LinuxPath.INET6_BYTES);
      headers.set(JAVA_LONG, header + IOVEC, iovecs.address() + (long) i * IOVEC_BYTES);
      headers.set(JAVA_LONG, header + IOVECS, 1);
      headers.set(JAVA_LONG, header + CONTROL, controls.address() + control);
      controls.set(JAVA_LONG, control, SEGMENT_CONTROL_LENGTH);
      controls.set(JAVA_INT, control + 8, SOL_UDP);
      controls.set(JAVA_INT, control + 12, UDP_SEGMENT);
    }
  }

  int capacity() {
    return capacity;
  }

  MemorySegment headers() {
    return headers;
  }

  // ---- sending

  /** Whom a message goes to. */
  void to(int message, LinuxPath path) {
    path.write(names, (long) message * LinuxPath.ROOM);
    headers.set(JAVA_INT, (long) message * HEADER_BYTES + NAME_LENGTH, path.length());
  }

  /** What it carries. */
  void memory(int message, long address, long bytes) {
    iovecs.set(JAVA_LONG, (long) message * IOVEC_BYTES, address);
    iovecs.set(JAVA_LONG, (long) message * IOVEC_BYTES + 8, bytes);
  }

  /** It leaves as datagrams of so many bytes each. */
  void segmented(int message, int bytes) {
    controls.set(JAVA_SHORT, (long) message * CONTROL_BYTES + SEGMENT_BYTES, (short) bytes);
    headers.set(JAVA_LONG, (long) message * HEADER_BYTES + CONTROL_LENGTH, CONTROL_BYTES);
  }

  /** It leaves as one datagram. */
  void whole(int message) {
    headers.set(JAVA_LONG, (long) message * HEADER_BYTES + CONTROL_LENGTH, 0);
  }

  // ---- receiving

  /** How long a received datagram is, at most what there was room for. */
  int length(int message) {
    return headers.get(JAVA_INT, (long) message * HEADER_BYTES + LENGTH);
  }

  /** The kernel says how long the sender's address is, and wants to be told the room again. */
  void expectName(int message) {
    headers.set(JAVA_INT, (long) message * HEADER_BYTES + NAME_LENGTH, LinuxPath.INET6_BYTES);
  }

  SenderName sender() {
    return new SenderName(names);
  }
}
