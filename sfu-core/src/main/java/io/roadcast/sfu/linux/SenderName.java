package io.roadcast.sfu.linux;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.roadcast.sfu.udp.ReceiveBatch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads the socket addresses of senders as the numbers that {@link ReceiveBatch} wants. */
final class SenderName {
  private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
  private static final long MAPPED = 0xffffL << 32;

  private final MemorySegment names;

  SenderName(MemorySegment names) {
    this.names = names;
  }

  int port(int number) {
    return names.get(PORT, at(number) + 2) & 0xffff;
  }

  long high(int number) {
    return isInet(number) ? 0 : names.get(LONG, at(number) + 8);
  }

  long low(int number) {
    return isInet(number)
        ? MAPPED | Integer.toUnsignedLong(names.get(INT, at(number) + 4))
        : names.get(LONG, at(number) + 16);
  }

  private boolean isInet(int number) {
    return names.get(JAVA_SHORT, at(number)) == LinuxPath.AF_INET;
  }

  private static long at(int number) {
    return (long) number * LinuxPath.ROOM;
  }
}
