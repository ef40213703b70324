package io.roadcast.bench.viewer;

import io.roadcast.media.rtp.SequenceNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts the packets of one track in order, waits for missing ones, and tells loss from reordering.
 * Packets that come in order pass through without being copied. One thread.
 */
final class PacketOrder {
  private static final int MAX_MISSING = 4096;
  private static final int MAX_REQUESTS = 10;
  private static final int MAX_REQUESTS_AT_ONCE = 100;
  private static final long REQUEST_AGAIN = TimeUnit.MILLISECONDS.toNanos(80);

  /** Takes packets in order. */
  interface Output {
    /**
     * The next packet.
     *
     * @param bytes valid during the call
     */
    void packet(
        byte[] bytes, int offset, int length, int timestamp, boolean marker, long arrivalNanos);

    /** Packets that will never come lie before the next. */
    void lost(long packets);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Held(byte[] payload, int timestamp, boolean marker, long arrivalNanos) {}

  private static final class Missing {
    final long noticedNanos;
    long requestedNanos;
    int requests;

    Missing(long noticedNanos) {
      this.noticedNanos = noticedNanos;
    }
  }

  private final Output output;
  private final long patienceNanos;
  private final TreeMap<Long, Held> held = new TreeMap<>();
  private final TreeMap<Long, Missing> missing = new TreeMap<>();
  private final Set<Long> givenUp = new HashSet<>();
  private boolean started;
  private long first;
  private long next;
  private long highest;
  private long received;
  private long payloadBytes;
  private long gaps;
  private long lost;
  private long duplicates;
  private long reordered;
  private long repaired;

  /**
   * @param patienceNanos how long a missing packet is waited for
   */
  PacketOrder(Output output, long patienceNanos) {
    this.output = output;
    this.patienceNanos = patienceNanos;
  }

  /** The number without wrap of a packet near the newest. */
  long unwrap(int sequence) {
    return started
        ? SequenceNumber.unwrap(sequence, highest)
        : SequenceNumber.COUNT + (long) sequence;
  }

  /**
   * Takes a packet.
   *
   * @param number as {@link #unwrap} told
   * @param repair whether it came as a retransmission
   * @return whether it was missing or new
   */
  boolean accept(
      long number,
      boolean repair,
      byte[] bytes,
      int offset,
      int length,
      int timestamp,
      boolean marker,
      long now) {
    if (!started) {
      started = true;
      first = number;
      next = number;
      highest = number - 1;
    }
    if (number > highest) {
      notice(number, now);
    } else if (!closeGap(number, repair)) {
      return false;
    }
    if (!repair) {
      received++;
      payloadBytes += length;
    }
    if (number < next) {
      return true; // came after it was given up
    }
    if (number == next) {
      next++;
      output.packet(bytes, offset, length, timestamp, marker, now);
      deliverHeld();
    } else {
      byte[] payload = Arrays.copyOfRange(bytes, offset, offset + length);
      held.put(number, new Held(payload, timestamp, marker, now));
    }
    return true;
  }

  private void notice(long number, long now) {
    gaps += number - highest - 1;
    for (long gap = Math.max(highest + 1, number - MAX_MISSING); gap < number; gap++) {
      missing.put(gap, new Missing(now));
    }
    if (number - highest - 1 > MAX_MISSING) {
      skipTo(number - MAX_MISSING);
    }
    highest = number;
  }

  private boolean closeGap(long number, boolean repair) {
    boolean wasMissing = missing.remove(number) != null;
    if (!wasMissing && givenUp.remove(number)) {
      lost--;
      wasMissing = true;
    }
    if (wasMissing) {
      if (repair) {
        repaired++;
      } else {
        reordered++;
      }
    } else if (number < first) {
      reordered++;
    } else {
      duplicates++;
    }
    return wasMissing;
  }

  /** Gives up what has been missing for too long. */
  void expire(long now) {
    while (!missing.isEmpty()
        && now - missing.firstEntry().getValue().noticedNanos > patienceNanos) {
      skipTo(missing.firstKey() + 1);
    }
  }

  /** Gives up everything missing before {@code number}. */
  private void skipTo(long number) {
    while (next < number || held.containsKey(next)) {
      if (held.containsKey(next)) {
        deliverHeld();
      } else {
        giveUp(next++);
      }
    }
  }

  private void giveUp(long number) {
    missing.remove(number);
    if (givenUp.size() < MAX_MISSING) {
      givenUp.add(number);
    }
    lost++;
    output.lost(1);
  }

  private void deliverHeld() {
    Held packet = held.remove(next);
    while (packet != null) {
      next++;
      output.packet(
          packet.payload(),
          0,
          packet.payload().length,
          packet.timestamp(),
          packet.marker(),
          packet.arrivalNanos());
      packet = held.remove(next);
    }
  }

  /** The sequence numbers to ask for now, marked as asked for. */
  List<Integer> requests(long now) {
    if (missing.isEmpty()) {
      return List.of();
    }
    List<Integer> due = new ArrayList<>();
    Iterator<Map.Entry<Long, Missing>> entries = missing.entrySet().iterator();
    while (entries.hasNext() && due.size() < MAX_REQUESTS_AT_ONCE) {
      Map.Entry<Long, Missing> entry = entries.next();
      Missing gap = entry.getValue();
      if (gap.requests < MAX_REQUESTS
          && (gap.requests == 0 || now - gap.requestedNanos >= REQUEST_AGAIN)) {
        gap.requests++;
        gap.requestedNanos = now;
        due.add((int) (entry.getKey() & 0xFFFF));
      }
    }
    return due;
  }

  boolean started() {
    return started;
  }

  /** Highest number without wrap. */
  long highest() {
    return highest;
  }

  /** How many numbers there are from the first to the highest. */
  long expected() {
    return started ? highest - first + 1 : 0;
  }

  long received() {
    return received;
  }

  long payloadBytes() {
    return payloadBytes;
  }

  long gaps() {
    return gaps;
  }

  long lost() {
    return lost;
  }

  long missing() {
    return missing.size();
  }

  long duplicates() {
    return duplicates;
  }

  long reordered() {
    return reordered;
  }

  long repaired() {
    return repaired;
  }
}
