package io.roadcast.bench.viewer;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.NtpTime;
import io.roadcast.media.rtp.RtcpPacket.ReportBlock;
import io.roadcast.media.rtp.RtcpPacket.SenderReport;
import io.roadcast.media.rtp.RtpHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** One track of one viewer: its packets, repairs, reports. Belongs to the loop's thread. */
final class TrackReceiver {
  private static final int ORIGINAL_SEQUENCE_BYTES = 2;

  private final AnswerMedium.Format format;
  private final int ssrc;
  private final FrameMeter frames;
  private final PacketOrder order;
  private final Map<Long, Long> droppedOnPurpose = new HashMap<>();
  private final CRC32 checksum = new CRC32();
  private double dropProbability;
  private Random dropping = new Random(0);
  private long dropped;
  private long repairPackets;
  private long wrongRepairs;

  private long jitterBy16;
  private boolean anyTransit;
  private int lastTransit;
  private long expectedBefore;
  private long presentBefore;
  private @Nullable SenderReport senderReport;
  private long senderReportNanos;
  private long senderReports;

  TrackReceiver(AnswerMedium.Format format, int ssrc, boolean video, LoadViewerOptions options) {
    this.format = format;
    this.ssrc = ssrc;
    this.frames = new FrameMeter(format.clockRate(), video, options.sink());
    this.order = new PacketOrder(frames, options.patience().toNanos());
  }

  /** Drops media packets (not repairs) from now on and remembers what they were. */
  void dropping(double probability, Random random) {
    dropProbability = probability;
    dropping = random;
  }

  /**
   * Takes a decrypted packet.
   *
   * @param repair whether it is RTX (RFC 4588): two bytes before the payload name the original
   */
  void receive(byte[] packet, int length, boolean repair, long now) throws MalformedMediaException {
    int header = RtpHeader.headerBytes(packet, 0, length);
    int payload = RtpHeader.payloadBytes(packet, 0, length, header);
    int sequence = RtpHeader.sequence(packet, 0);
    if (repair) {
      repairPackets++;
      if (payload < ORIGINAL_SEQUENCE_BYTES) {
        throw new MalformedMediaException("RTX without original sequence number");
      }
      sequence = (packet[header] & 0xFF) << 8 | (packet[header + 1] & 0xFF);
      header += ORIGINAL_SEQUENCE_BYTES;
      payload -= ORIGINAL_SEQUENCE_BYTES;
    }
    int timestamp = RtpHeader.timestamp(packet, 0);
    boolean marker = RtpHeader.marker(packet, 0);
    long number = order.unwrap(sequence);
    if (repair) {
      compare(number, content(packet, header, payload, timestamp, marker));
    } else {
      if (order.started() && dropProbability > 0 && dropping.nextDouble() < dropProbability) {
        dropped++;
        droppedOnPurpose.put(number, content(packet, header, payload, timestamp, marker));
        return;
      }
      measureJitter(timestamp, now);
    }
    order.accept(number, repair, packet, header, payload, timestamp, marker, now);
  }

  private long content(byte[] packet, int offset, int length, int timestamp, boolean marker) {
    checksum.reset();
    checksum.update(packet, offset, length);
    return checksum.getValue() << 32 ^ (timestamp & 0xFFFF_FFFFL) ^ (marker ? 1L << 63 : 0);
  }

  private void compare(long number, long content) {
    Long expected = droppedOnPurpose.remove(number);
    if (expected != null && expected != content) {
      wrongRepairs++;
    }
  }

  /** RFC 3550, appendix A.8. */
  private void measureJitter(int timestamp, long now) {
    int arrival = (int) (now / 1000 * format.clockRate() / 1_000_000);
    int transit = arrival - timestamp;
    if (anyTransit) {
      long deviation = Math.abs((long) (transit - lastTransit));
      jitterBy16 += deviation - ((jitterBy16 + 8) >> 4);
    }
    anyTransit = true;
    lastTransit = transit;
  }

  void report(SenderReport report, long now) {
    senderReport = report;
    senderReportNanos = now;
    senderReports++;
  }

  void expire(long now) {
    order.expire(now);
  }

  List<Integer> requests(long now) {
    return order.requests(now);
  }

  /** What the next receiver report says (RFC 3550, appendix A.3). */
  ReportBlock reportBlock(long now) {
    long expected = order.expected();
    long present = expected - order.lost() - order.missing();
    long expectedSince = expected - expectedBefore;
    long lostSince = Math.max(0, expectedSince - (present - presentBefore));
    expectedBefore = expected;
    presentBefore = present;
    SenderReport last = senderReport;
    return new ReportBlock(
        ssrc,
        expectedSince <= 0 ? 0 : (int) Math.min(255, (lostSince << 8) / expectedSince),
        (int) Math.min(0x7F_FFFF, expected - present),
        (int) order.highest(),
        (int) (jitterBy16 >> 4),
        last == null ? 0 : NtpTime.middle(last.ntpTime()),
        last == null ? 0 : NtpTime.shortDuration(now - senderReportNanos));
  }

  int ssrc() {
    return ssrc;
  }

  /** When the first keyframe was complete, or 0. */
  long firstKeyframeNanos() {
    return frames.firstKeyframeNanos();
  }

  TrackStatistics statistics() {
    PacketStatistics packets =
        new PacketStatistics(
            order.received(),
            order.payloadBytes(),
            order.gaps(),
            order.lost(),
            order.missing(),
            order.duplicates(),
            order.reordered(),
            repairPackets,
            order.repaired(),
            wrongRepairs,
            dropped);
    return new TrackStatistics(
        format.name(),
        format.payloadType(),
        ssrc,
        packets,
        frames.statistics(),
        jitterBy16 >> 4,
        Optional.ofNullable(senderReport).map(this::mapping));
  }

  private ClockMapping mapping(SenderReport report) {
    return new ClockMapping(
        NtpTime.toEpochMicros(report.ntpTime()),
        report.rtpTime(),
        format.clockRate(),
        senderReports);
  }
}
