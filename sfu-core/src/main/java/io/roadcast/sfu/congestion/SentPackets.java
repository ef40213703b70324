package io.roadcast.sfu.congestion;

import java.util.Arrays;

/**
 * What was sent to one viewer lately, by transport-wide sequence number: when, and how long it was.
 * Grows while it would forget a packet that a report may still name, up to a limit; nothing is made
 * per packet.
 */
final class SentPackets {
  private static final int FIRST_CAPACITY = 256;
  private static final int MAX_CAPACITY = 8192;

  /** A report that comes later than this is of no use. */
  private static final int MEMORY_MICROS = 2_000_000;

  private static final int MAX_BYTES = Short.MAX_VALUE;

  // Of packet n at slot n: its time in microseconds modulo 2^32; its length, negative once it was
  // reported lost, 0 once it was reported to have come.
  private int[] micros = new int[FIRST_CAPACITY];
  private short[] bytes = new short[FIRST_CAPACITY];
  private long next;

  /** Returns the 16 bits that the packet is to carry. */
  int add(int packetBytes, long nowMicros) {
    int slot = slot(next);
    if (next >= micros.length && micros.length < MAX_CAPACITY && isRecent(slot, nowMicros)) {
      grow();
      slot = slot(next);
    }
    micros[slot] = (int) nowMicros;
    bytes[slot] = (short) Math.min(packetBytes, MAX_BYTES);
    return (int) (next++ & 0xffff);
  }

  /** The packet that will be sent next. */
  long next() {
    return next;
  }

  /** The packet that is meant by 16 bits; -1 if nothing like it is remembered. */
  long find(int sequence) {
    int distance = (int) (next - 1 - sequence) & 0xffff;
    return remembers(next - 1 - distance) ? next - 1 - distance : -1;
  }

  boolean remembers(long packet) {
    return packet >= 0 && packet < next && packet >= next - micros.length;
  }

  /** When a remembered packet was sent. */
  long sentMicros(long packet, long nowMicros) {
    return nowMicros - ((int) nowMicros - micros[slot(packet)]);
  }

  /** A remembered packet came. Returns its length, or 0 if that was reported before. */
  int came(long packet) {
    int length = Math.abs(bytes[slot(packet)]);
    bytes[slot(packet)] = 0;
    return length;
  }

  /** Whether a remembered packet was reported lost. */
  boolean isLost(long packet) {
    return bytes[slot(packet)] < 0;
  }

  /** A remembered packet did not come; true if that is news. */
  boolean lost(long packet) {
    short length = bytes[slot(packet)];
    if (length <= 0) {
      return false;
    }
    bytes[slot(packet)] = (short) -length;
    return true;
  }

  private boolean isRecent(int slot, long nowMicros) {
    int age = (int) nowMicros - micros[slot];
    return age >= 0 && age < MEMORY_MICROS;
  }

  /** To twice the capacity: a packet is either in its old slot or one old capacity further. */
  private void grow() {
    int old = micros.length;
    int[] oldMicros = micros;
    short[] oldBytes = bytes;
    micros = Arrays.copyOf(oldMicros, 2 * old);
    bytes = Arrays.copyOf(oldBytes, 2 * old);
    for (long packet = next - old; packet < next; packet++) {
      micros[slot(packet)] = oldMicros[(int) (packet & (old - 1))];
      bytes[slot(packet)] = oldBytes[(int) (packet & (old - 1))];
    }
  }

  private int slot(long packet) {
    return (int) (packet & (micros.length - 1));
  }
}
