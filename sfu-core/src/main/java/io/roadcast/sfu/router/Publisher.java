package io.roadcast.sfu.router;

/** The side of a source that its streams talk back to. All methods may be called on any thread. */
public interface Publisher {
  SourceInfo source();

  /** The counters of the way from the source to here, as they are now. */
  UplinkStatistics uplink();

  /** What the source has said of its sound. */
  default ExpectedSound expectedSound() {
    return ExpectedSound.UNKNOWN;
  }

  /**
   * Somebody else publishes this stream from now on (the newer wins). Called once; what is still
   * fed into the old publication is ignored.
   */
  void superseded();
}
