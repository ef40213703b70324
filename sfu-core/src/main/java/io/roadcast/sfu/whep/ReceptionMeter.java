package io.roadcast.sfu.whep;

import io.roadcast.media.rtp.NtpTime;
import io.roadcast.media.rtp.RtcpPacket;

/**
 * What a receiver has to report of one source (RFC 3550, sections 6.4.1 and A.8). Used by one
 * thread.
 */
final class ReceptionMeter {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final int clockRate;
  private long first = -1;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private double jitter;
  private int lastTransit;
  private int senderReport;
  private long senderReportNanos;

  ReceptionMeter(int clockRate) {
    this.clockRate = clockRate;
  }

  /** A packet came for the first time; repetitions do not count. */
  void received(long number, int timestamp, long nowNanos) {
    int arrival =
        (int)
            (nowNanos / NANOS_PER_SECOND * clockRate
                + nowNanos % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND);
    int transit = arrival - timestamp;
    if (first < 0) {
      first = number;
      highest = number;
    } else {
      jitter += (Math.abs((double) (transit - lastTransit)) - jitter) / 16;
    }
    lastTransit = transit;
    highest = Math.max(highest, number);
    received++;
  }

  /** The source said what time it is. */
  void reported(long ntpTime, long nowNanos) {
    senderReport = NtpTime.middle(ntpTime);
    senderReportNanos = nowNanos;
  }

  long packets() {
    return received;
  }

  /** The report since the last one. */
  RtcpPacket.ReportBlock report(int ssrc, long nowNanos) {
    long expected = first < 0 ? 0 : highest - first + 1;
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) (lostNow * 256 / expectedNow);
    int delay = senderReport == 0 ? 0 : NtpTime.shortDuration(nowNanos - senderReportNanos);
    return new RtcpPacket.ReportBlock(
        ssrc,
        Math.min(255, fraction),
        (int) Math.clamp(expected - received, -0x80_0000, 0x7F_FFFF),
        (int) highest,
        (int) jitter,
        senderReport,
        delay);
  }
}
