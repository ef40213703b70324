package io.roadcast.jtt.jt1078;

/**
 * Knows whether a picture can be decoded from what was passed on before it. After a loss nothing is
 * until the next keyframe, since a JT/T 1078 terminal cannot be asked for one and a wrong picture
 * is worse than a still one. Used by one thread.
 */
final class ReferenceChain {
  private final DamagedPictures damaged;
  private State state = State.WHOLE;
  private boolean hasLast;
  private long lastTimestamp;

  private enum State {
    WHOLE,
    /** Packets are missing; they may have been sound, or of another channel. */
    DOUBTFUL,
    BROKEN
  }

  ReferenceChain(DamagedPictures damaged) {
    this.damaged = damaged;
  }

  /** A picture that others may refer to was dropped. */
  void broken() {
    state = State.BROKEN;
  }

  /** Packets of the connection are missing before the next one. */
  void packetsMissing() {
    if (state == State.WHOLE) {
      state = State.DOUBTFUL;
    }
  }

  /**
   * Whether the next complete picture is passed on: it can be decoded, or smearing is allowed.
   *
   * @param timestamp the terminal's time in ms
   * @param frameInterval ms to the frame before as the terminal counts it, modulo 65536: where it
   *     leads to the last picture, no picture is missing between them
   */
  boolean admits(boolean keyframe, long timestamp, int frameInterval) {
    if (keyframe) {
      state = State.WHOLE;
    } else if (state == State.DOUBTFUL) {
      boolean adjacent =
          hasLast && frameInterval != 0 && (timestamp - lastTimestamp & 0xffff) == frameInterval;
      state = adjacent ? State.WHOLE : State.BROKEN;
    }
    hasLast = true;
    lastTimestamp = timestamp;
    return state == State.WHOLE || damaged == DamagedPictures.SMEAR;
  }
}
