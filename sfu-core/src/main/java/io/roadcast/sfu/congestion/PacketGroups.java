package io.roadcast.sfu.congestion;

/**
 * Joins packets that left within 5 ms, or arrived in one burst, to groups and says how much more or
 * less the newest complete group was under way than the one before (draft-ietf-rmcat-gcc-02,
 * sections 5.2 and 5.3). All times in microseconds.
 */
final class PacketGroups {
  private static final long GROUP_MICROS = 5_000;
  private static final long MAX_BURST_MICROS = 100_000;

  /** The receiver's clock jumped, or reports came out of order, when it runs back so often. */
  private static final int MAX_BACKWARDS = 3;

  private boolean begun;
  private boolean hasPrevious;
  private long firstSent;
  private long lastSent;
  private long firstArrived;
  private long lastArrived;
  private long previousSent;
  private long previousArrived;
  private int backwards;

  private long sentDelta;
  private long arrivedDelta;

  /** A packet came. True if a group is complete that can be compared with the one before it. */
  boolean add(long sentMicros, long arrivedMicros) {
    if (!begun) {
      begin(sentMicros, arrivedMicros);
      begun = true;
      return false;
    }
    if (sentMicros < firstSent) {
      return false;
    }
    boolean compared = false;
    if (beginsGroup(sentMicros, arrivedMicros)) {
      compared = hasPrevious && compare();
      previousSent = lastSent;
      previousArrived = lastArrived;
      hasPrevious = begun;
      begin(sentMicros, arrivedMicros);
      begun = true;
    } else {
      lastSent = Math.max(lastSent, sentMicros);
      lastArrived = Math.max(lastArrived, arrivedMicros);
    }
    return compared;
  }

  /** Between the last packets of the two groups, as they were sent. */
  long sentDelta() {
    return sentDelta;
  }

  /** Between the last packets of the two groups, as they arrived. */
  long arrivedDelta() {
    return arrivedDelta;
  }

  private void begin(long sentMicros, long arrivedMicros) {
    firstSent = sentMicros;
    lastSent = sentMicros;
    firstArrived = arrivedMicros;
    lastArrived = arrivedMicros;
  }

  private boolean beginsGroup(long sentMicros, long arrivedMicros) {
    long sent = sentMicros - lastSent;
    long arrived = arrivedMicros - lastArrived;
    boolean burst =
        sent == 0
            || (arrived - sent < 0
                && arrived <= GROUP_MICROS
                && arrivedMicros - firstArrived < MAX_BURST_MICROS);
    return !burst && sentMicros - firstSent > GROUP_MICROS;
  }

  private boolean compare() {
    sentDelta = lastSent - previousSent;
    arrivedDelta = lastArrived - previousArrived;
    backwards = arrivedDelta < 0 ? backwards + 1 : 0;
    if (backwards >= MAX_BACKWARDS) {
      backwards = 0;
      begun = false; // the next two groups are compared with each other, not with what was
    }
    return arrivedDelta >= 0;
  }
}
