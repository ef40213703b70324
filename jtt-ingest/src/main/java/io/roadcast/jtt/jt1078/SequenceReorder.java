package io.roadcast.jtt.jt1078;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings the datagrams of one UDP flow into the order of their sequence numbers. A datagram waits
 * for missing ones at most 100 ms or until 31 more numbers came; what comes after its turn, or
 * twice, is dropped and counted. Used by one thread.
 */
final class SequenceReorder {
  static final int WINDOW = 32;
  static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Numbers that are further off than this mean that the terminal began to count anew. */
  private static final int RESTART_DISTANCE = 1024;

  private static final int MAX_LATE_IN_A_ROW = 32;

  /** Takes datagrams in order, each with its one reference. */
  @FunctionalInterface
  interface Output {
    void accept(ByteBuf datagram, long arrivalNanos);
  }

  private final Output output;
  private final @Nullable ByteBuf[] slots = new ByteBuf[WINDOW];
  private final long[] arrivals = new long[WINDOW];
  private boolean started;
  private int next;
  private int waiting;
  private int lateInARow;

  /** Bit i tells whether number {@code next - 1 - i} came. */
  private long passed;

  private long lateDatagrams;
  private long duplicateDatagrams;

  SequenceReorder(Output output) {
    this.output = output;
  }

  /**
   * Takes a datagram and its reference.
   *
   * @param sequence 0 to 65535
   */
  void offer(int sequence, ByteBuf datagram, long arrivalNanos) {
    if (!started) {
      started = true;
      next = sequence;
    }
    int ahead = (short) (sequence - next);
    if (ahead < 0 && ahead >= -RESTART_DISTANCE && lateInARow < MAX_LATE_IN_A_ROW) {
      dropLate(ahead, datagram);
      return;
    }
    lateInARow = 0;
    if (ahead < 0 || ahead > RESTART_DISTANCE) {
      flush();
      next = sequence;
      passed = 0;
      ahead = 0;
    }
    while (ahead >= WINDOW) {
      passNext();
      ahead--;
    }
    put(sequence, datagram, arrivalNanos);
    while (waiting > 0 && slots[next % WINDOW] != null) {
      passNext();
    }
  }

  private void dropLate(int ahead, ByteBuf datagram) {
    int age = -ahead - 1;
    if (age < Long.SIZE && (passed >>> age & 1) != 0) {
      duplicateDatagrams++;
    } else {
      lateDatagrams++;
      lateInARow++;
    }
    datagram.release();
  }

  private void put(int sequence, ByteBuf datagram, long arrivalNanos) {
    int slot = sequence % WINDOW;
    if (slots[slot] != null) {
      duplicateDatagrams++;
      datagram.release();
      return;
    }
    slots[slot] = datagram;
    arrivals[slot] = arrivalNanos;
    waiting++;
  }

  private void passNext() {
    int slot = next % WINDOW;
    ByteBuf datagram = slots[slot];
    next = next + 1 & 0xffff;
    passed <<= 1;
    if (datagram != null) {
      slots[slot] = null;
      waiting--;
      passed |= 1;
      output.accept(datagram, arrivals[slot]);
    }
  }

  /** Whether datagrams wait for missing ones; then {@link #expire} must be called soon. */
  boolean waiting() {
    return waiting > 0;
  }

  /** Gives up on what is missing before datagrams that have waited long enough. */
  void expire(long nowNanos) {
    while (waiting > 0 && overdue(nowNanos)) {
      while (slots[next % WINDOW] == null) {
        passNext();
      }
      while (waiting > 0 && slots[next % WINDOW] != null) {
        passNext();
      }
    }
  }

  private boolean overdue(long nowNanos) {
    for (int slot = 0; slot < WINDOW; slot++) {
      if (slots[slot] != null && nowNanos - arrivals[slot] >= PATIENCE_NANOS) {
        return true;
      }
    }
    return false;
  }

  /** Passes on everything that waits. */
  void flush() {
    while (waiting > 0) {
      passNext();
    }
  }

  /** Datagrams that came after their turn. */
  long lateDatagrams() {
    return lateDatagrams;
  }

  long duplicateDatagrams() {
    return duplicateDatagrams;
  }
}
