package io.roadcast.sfu.udp;

import io.roadcast.sfu.congestion.BandwidthEstimator;

/**
 * How fast one viewer may be sent pictures: a replay at the configured rate, and nothing faster
 * than its path carries once the path has shown to be slow. All that it is sent counts, but only
 * pictures wait for their turn: sound and repairs go first.
 */
final class Pace {
  /** A path that carries so many times the stream needs no pacing. */
  private static final int AMPLE = 4;

  /** The stream fits if the path carries this many times as much. */
  private static final double FITS = 1.1;

  /**
   * Where the stream fits, pictures are sent so many times faster than the estimate says: what is
   * never sent faster can not show that the path carries more.
   */
  private static final int PROBING = 2;

  /**
   * What was sent before the path showed to be slow, or while it was faster, is made up for during
   * so long at most: a debt of seconds would be seconds without a picture, and without packets the
   * path can not show what it carries.
   */
  private static final int MAX_DEBT_MILLIS = 200;

  private static final int PACKET_BYTES = 1200;
  private static final int BITS_PER_MILLI_OF_A_BYTE = 8_000;
  private static final long MILLI_NANOS = 1_000_000;

  private final BandwidthEstimator estimator = new BandwidthEstimator();
  private long burstBytesPerMilli;
  private long bytesPerMilli;
  private long streamBitRate;
  private boolean bounded;
  private double credit;
  private long creditedNanos;

  Pace(int burstBytesPerMilli, long nowNanos) {
    this.burstBytesPerMilli = burstBytesPerMilli;
    this.bytesPerMilli = burstBytesPerMilli;
    this.creditedNanos = nowNanos - MILLI_NANOS;
  }

  BandwidthEstimator estimator() {
    return estimator;
  }

  /** What a replay may be sent at where the path allows it. */
  void replayAt(long configuredBytesPerMilli) {
    burstBytesPerMilli = configuredBytesPerMilli;
    adapt();
  }

  /** What the stream needs, in bits per second with all headers; 0 if that is not known. */
  void streamNeeds(long bitsPerSecond) {
    streamBitRate = bitsPerSecond;
    adapt();
  }

  /** The estimate may have changed. */
  void adapt() {
    long path = estimator.bitRate();
    boolean known = path < BandwidthEstimator.UNLIMITED;
    bounded = known && path < AMPLE * streamBitRate;
    long factor = bounded && path < FITS * streamBitRate ? 1 : PROBING;
    bytesPerMilli =
        known
            ? Math.clamp(path * factor / BITS_PER_MILLI_OF_A_BYTE, 1, burstBytesPerMilli)
            : burstBytesPerMilli;
  }

  /** Whether live pictures have to be paced too. */
  boolean bounded() {
    return bounded;
  }

  long bytesPerMilli() {
    return bytesPerMilli;
  }

  /** So much left, headers of all layers included. */
  void spent(long bytes) {
    credit -= bytes;
  }

  /**
   * How many packets of the picture may leave now.
   *
   * @param elapsedNanos since the pacer's turn before: no more is made up for than this
   */
  int packetsDue(long elapsedNanos, long nowNanos) {
    double most = Math.max(PACKET_BYTES, (double) bytesPerMilli * elapsedNanos / MILLI_NANOS);
    double earned = (double) bytesPerMilli * (nowNanos - creditedNanos) / MILLI_NANOS;
    double debt = Math.max(credit, -(double) MAX_DEBT_MILLIS * bytesPerMilli);
    credit = Math.min(debt + earned, most);
    creditedNanos = nowNanos;
    return credit <= 0 ? 0 : (int) Math.ceil(credit / PACKET_BYTES);
  }

  /** How many packets may be sent again within that time. */
  int repairsWithin(long nanos, int most) {
    return bounded
        ? (int) Math.clamp(bytesPerMilli * nanos / MILLI_NANOS / PACKET_BYTES, 2, most)
        : most;
  }
}
