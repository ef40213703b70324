package io.roadcast.sfu.congestion;

import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;

/**
 * What the path to one viewer carries, in bits per second on the wire: the least of a delay-based
 * rate, a loss-based rate and what the viewer said by REMB. It begins at the maximum: nothing is
 * known of the path, so nothing is held back.
 *
 * <p>Used by one thread. {@link #sent} makes no objects.
 */
public final class BandwidthEstimator {
  /** The rate of a path that has shown no limit. */
  public static final long UNLIMITED = RateControl.MAX_BITS_PER_SECOND;

  /** How long the first trains of packets may say that a path is slow. */
  private static final long BEGINNING_NANOS = 3_000_000_000L;

  /** One train may raise the rate by no more than this. */
  private static final int MAX_RAISE = 3;

  /** A queue that makes every picture this late is let run empty. */
  private static final long LONG_QUEUE_MICROS = 700_000;

  private static final double AFTER_QUEUE = 0.85;

  /** So much of what a probe measured is used. */
  private static final double OF_PROBED = 0.95;

  /** For so long the path is taken to carry what a probe measured, even if a queue grows. */
  private static final long PROBED_NANOS = 4_000_000_000L;

  /** IPv4 and UDP, which the path carries too. */
  public static final int DATAGRAM_BYTES = 28;

  private final SentPackets sent = new SentPackets();
  private final PacketGroups groups = new PacketGroups();
  private final DelayTrend trend = new DelayTrend();
  private final ArrivalRate arrivals = new ArrivalRate();
  private final LostRun outage = new LostRun();
  private final PacketTrains trains = new PacketTrains();
  private final ProbeTrain probe = new ProbeTrain();
  private final StandingQueue queue = new StandingQueue();
  private final RateControl delayBased = new RateControl();
  private final LossControl lossBased = new LossControl();
  private long remb = UNLIMITED;
  private long probed;
  private long probedNanos;
  private long firstReportNanos = Long.MIN_VALUE;
  private long lastLossReportNanos = Long.MIN_VALUE;
  private long emptyNanos = Long.MIN_VALUE;
  private boolean emptying;
  private boolean hasFeedback;

  /**
   * A packet leaves.
   *
   * @param bytes of the whole datagram's payload
   * @return its transport-wide sequence number, 16 bits
   */
  public int sent(int bytes, long nowNanos) {
    return sent.add(bytes + DATAGRAM_BYTES, nowNanos / 1000);
  }

  /** What is sent until {@link #probeSent} leaves at once, only to measure the path. */
  public void probeBegins() {
    probe.begin(sent.next());
  }

  public void probeSent() {
    probe.end(sent.next());
  }

  /** What the path carries, as far as it has shown; {@link #UNLIMITED} if it showed no limit. */
  public long bitRate() {
    return emptying
        ? RateControl.MIN_BITS_PER_SECOND
        : Math.min(remb, Math.min(delayBased.bitRate(), lossBased.bitRate()));
  }

  /** Time passes, maybe without reports. */
  public void passed(long nowNanos) {
    emptying = emptying && nowNanos - emptyNanos < 0;
  }

  /** The part of the packets that was lost lately, 0 to 1. */
  public double loss() {
    return lossBased.loss();
  }

  /** How fast packets arrived while any did, in bits per second; 0 until known. */
  public long arrivalBitRate() {
    return arrivals.bitRate();
  }

  public void roundTrip(long nanos) {
    delayBased.roundTrip(nanos);
  }

  /** The viewer says which packets came, and when. Anything else in it is ignored. */
  public void feedback(TransportFeedback feedback, long nowNanos) {
    hasFeedback = true;
    if (firstReportNanos == Long.MIN_VALUE) {
      firstReportNanos = nowNanos;
    }
    long nowMicros = nowNanos / 1000;
    int lost = 0;
    int reported = 0;
    long newest = -1;
    for (int i = 0; i < feedback.arrivals().count(); i++) {
      long packet = sent.find((feedback.baseSequence() + i) & 0xffff);
      if (packet < 0) {
        continue;
      }
      newest = Math.max(newest, packet);
      if (!feedback.arrivals().came(i)) {
        if (sent.lost(packet)) {
          outage.lost(sent.sentMicros(packet, nowMicros));
        }
        continue;
      }
      int lostInARow = outage.ended(sent.sentMicros(packet, nowMicros));
      lost += lostInARow;
      reported += lostInARow;
      boolean wasLost = sent.isLost(packet);
      int bytes = sent.came(packet);
      if (bytes > 0) {
        lost -= wasLost ? 1 : 0;
        reported += wasLost ? 0 : 1;
        if (probe.has(packet)) {
          probe.came(bytes, feedback.arrivalMicros(i));
          arrivals.add(bytes, feedback.arrivalMicros(i));
        } else {
          came(bytes, sent.sentMicros(packet, nowMicros), feedback.arrivalMicros(i));
        }
      }
    }
    trains.end();
    takeProbe(probe.take(newest), nowNanos);
    evaluate(lost, reported, nowNanos);
  }

  /** The viewer's receiver report; only of use where there is no transport-wide feedback. */
  public void receiverReport(double partLost, long sentBitRate, long nowNanos) {
    if (!hasFeedback) {
      double seconds =
          lastLossReportNanos == Long.MIN_VALUE ? 0 : (nowNanos - lastLossReportNanos) / 1e9;
      lastLossReportNanos = nowNanos;
      lossBased.reported(partLost, seconds, (long) (sentBitRate * (1 - partLost)));
    }
  }

  /** The viewer's own estimate (REMB), which its transport-wide feedback would make needless. */
  public void remb(long bitsPerSecond) {
    if (!hasFeedback) {
      remb = Math.clamp(bitsPerSecond, RateControl.MIN_BITS_PER_SECOND, UNLIMITED);
    }
  }

  private void came(int bytes, long sentMicros, long arrivedMicros) {
    arrivals.add(bytes, arrivedMicros);
    trains.add(bytes, sentMicros, arrivedMicros);
    queue.add(sentMicros, arrivedMicros);
    if (groups.add(sentMicros, arrivedMicros)) {
      trend.add(groups.arrivedDelta() / 1e3, groups.sentDelta() / 1e3, arrivedMicros / 1e3);
    }
  }

  private void takeProbe(long measured, long nowNanos) {
    if (measured > 0) {
      probed = Math.min((long) (OF_PROBED * measured), MAX_RAISE * delayBased.bitRate());
      probedNanos = nowNanos;
      delayBased.probed(probed);
    } else if (nowNanos - probedNanos > PROBED_NANOS) {
      probed = 0;
    }
  }

  private void evaluate(int lost, int reported, long nowNanos) {
    remb = UNLIMITED;
    PathUse use = trend.use();
    long arriving = arrivals.bitRate();
    lossBased.update(lost, reported, arriving, nowNanos);
    delayBased.update(use, Math.max(arriving, probed), nowNanos);
    avoidQueue(arriving, nowNanos);
    long slow = trains.takeSlowest();
    long fast = trains.takeFastest();
    boolean beginning = nowNanos - firstReportNanos < BEGINNING_NANOS;
    if (beginning && slow < delayBased.bitRate()) {
      delayBased.lower(slow, nowNanos);
    } else if (use != PathUse.OVERUSE && fast > delayBased.bitRate()) {
      delayBased.raise(Math.min(fast, MAX_RAISE * delayBased.bitRate()), nowNanos);
    }
  }

  /**
   * What is sent behind a long queue comes too late to be of use: next to nothing is sent until it
   * is empty. Reports of what left before that say nothing new.
   */
  private void avoidQueue(long arriving, long nowNanos) {
    passed(nowNanos);
    long micros = queue.takeMicros();
    boolean fresh = emptyNanos == Long.MIN_VALUE || nowNanos - emptyNanos > micros * 1000;
    if (micros > LONG_QUEUE_MICROS && fresh && arriving > 0) {
      emptying = true;
      emptyNanos = nowNanos + micros * 1000;
      delayBased.lower((long) (AFTER_QUEUE * arriving), nowNanos);
    }
  }
}
