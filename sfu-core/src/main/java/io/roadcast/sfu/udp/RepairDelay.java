package io.roadcast.sfu.udp;

/**
 * How long a viewer that misses packets is told to hold pictures back, so that what is missing can
 * be sent again before its picture is due. Without that a late picture and those behind it push
 * each other off the screen; browsers leave repairs out of their own measure of jitter. Nothing is
 * held back where nothing is missing. A worker's thread only.
 */
final class RepairDelay {
  /** Who missed packets is expected to miss more for so many seconds. */
  private static final int MEMORY_SECONDS = 30;

  /** A gap shows with the packet behind it, which may be the next picture's. */
  private static final int NOTICING_MILLIS = 40;

  private static final int MARGIN_MILLIS = 30;

  /** Of a viewer whose round trip is not known; browsers that do not know it ask again so often. */
  private static final int USUAL_ROUND_TRIP_MILLIS = 100;

  /** From this loss on, repairs that are lost too matter: there is time for a second one. */
  private static final double MUCH_LOSS = 0.01;

  /** Longer round trips would cost more in delay than the repaired pictures are worth. */
  private static final int MAX_MILLIS = 700;

  /** The jitter buffer may grow to this, but no further. */
  private static final int MOST_MILLIS = 1_000;

  /** A queue on the way makes round trips longer for a while; a longer way does it for good. */
  private static final double LEAST_GROWS = 1.02;

  private static final int UNIT_MILLIS = 10;
  private static final int MIN_SHIFT = 12;

  private long lastNacks;
  private int lossySeconds;
  private double worstLoss;
  private double leastRoundTripMillis = Double.MAX_VALUE;
  private int millis;

  /**
   * To be called once a second.
   *
   * @param nacks packets that the viewer has asked for so far
   * @param loss part of the packets that its last report missed; NaN if unknown
   * @param roundTripNanos 0 if unknown
   */
  void second(long nacks, double loss, long roundTripNanos) {
    if (roundTripNanos > 0) {
      leastRoundTripMillis = Math.min(roundTripNanos / 1e6, leastRoundTripMillis * LEAST_GROWS);
    }
    boolean lossy = nacks > lastNacks;
    lastNacks = nacks;
    lossySeconds = lossy ? MEMORY_SECONDS : Math.max(0, lossySeconds - 1);
    if (lossySeconds == 0) {
      worstLoss = 0;
      millis = 0;
      return;
    }
    worstLoss = loss > worstLoss ? loss : worstLoss;
    boolean known = leastRoundTripMillis < Double.MAX_VALUE;
    int roundTrip =
        known ? (int) Math.min(leastRoundTripMillis, MAX_MILLIS) : USUAL_ROUND_TRIP_MILLIS;
    int once = NOTICING_MILLIS + roundTrip + MARGIN_MILLIS;
    int twice = once + Math.max(roundTrip, USUAL_ROUND_TRIP_MILLIS);
    int wanted = Math.min(worstLoss < MUCH_LOSS ? once : twice, MAX_MILLIS);
    millis = Math.max(millis, wanted); // each change is a stutter
  }

  /** Pictures are left out because the path is narrow: what is missing is not waited for. */
  void forget() {
    lossySeconds = 0;
    worstLoss = 0;
    millis = 0;
  }

  /** What pictures are held back for at least; 0 if nothing is missing. */
  int millis() {
    return millis;
  }

  /** The playout-delay extension's 24 bits for live pictures. */
  int liveBits(PlayoutDelay configured) {
    if (millis == 0) {
      return configured.liveBits();
    }
    int most = Math.max(configured.liveBits() & 0xfff, MOST_MILLIS / UNIT_MILLIS);
    return (millis + UNIT_MILLIS - 1) / UNIT_MILLIS << MIN_SHIFT | most;
  }
}
