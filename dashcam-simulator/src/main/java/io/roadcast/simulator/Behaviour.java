package io.roadcast.simulator;

import java.time.Duration;
import java.util.Set;

/**
 * What a simulated terminal does amiss.
 *
 * @param refused ids of messages that it answers with a failure
 * @param unanswered ids of messages that it does not answer
 * @param answerDelay before it answers
 * @param media what it does about media it was asked for
 * @param clockOffset how far its clock is ahead
 * @param lossPercent share of its frames of JT/T 808 that never leave
 * @param alarms bits of its location reports
 */
public record Behaviour(
    Set<Integer> refused,
    Set<Integer> unanswered,
    Duration answerDelay,
    Media media,
    Duration clockOffset,
    double lossPercent,
    long alarms) {
  /** What becomes of a live request that was answered well. */
  public enum Media {
    SENT,
    /** Connects, and stays silent. */
    SILENT,
    /** Not even connects. */
    NONE
  }

  public Behaviour {
    refused = Set.copyOf(refused);
    unanswered = Set.copyOf(unanswered);
    if (lossPercent < 0 || lossPercent > 100) {
      throw new IllegalArgumentException("percentage of loss beyond 0 to 100");
    }
  }

  /** As it should be. */
  public static Behaviour good() {
    return new Behaviour(Set.of(), Set.of(), Duration.ZERO, Media.SENT, Duration.ZERO, 0, 0);
  }

  public Behaviour refusing(Integer... ids) {
    return new Behaviour(
        Set.of(ids), unanswered, answerDelay, media, clockOffset, lossPercent, alarms);
  }

  public Behaviour notAnswering(Integer... ids) {
    return new Behaviour(
        refused, Set.of(ids), answerDelay, media, clockOffset, lossPercent, alarms);
  }

  public Behaviour answeringAfter(Duration delay) {
    return new Behaviour(refused, unanswered, delay, media, clockOffset, lossPercent, alarms);
  }

  public Behaviour with(Media other) {
    return new Behaviour(refused, unanswered, answerDelay, other, clockOffset, lossPercent, alarms);
  }

  public Behaviour withClockAhead(Duration offset) {
    return new Behaviour(refused, unanswered, answerDelay, media, offset, lossPercent, alarms);
  }

  public Behaviour losing(double percent) {
    return new Behaviour(refused, unanswered, answerDelay, media, clockOffset, percent, alarms);
  }

  public Behaviour withAlarms(long bits) {
    return new Behaviour(refused, unanswered, answerDelay, media, clockOffset, lossPercent, bits);
  }
}
