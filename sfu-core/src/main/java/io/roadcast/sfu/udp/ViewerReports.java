package io.roadcast.sfu.udp;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.NtpTime;
import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtcpPacket.Bye;
import io.roadcast.media.rtp.RtcpPacket.CanonicalName;
import io.roadcast.media.rtp.RtcpPacket.Fir;
import io.roadcast.media.rtp.RtcpPacket.Nack;
import io.roadcast.media.rtp.RtcpPacket.Pli;
import io.roadcast.media.rtp.RtcpPacket.ReceiverReport;
import io.roadcast.media.rtp.RtcpPacket.ReportBlock;
import io.roadcast.media.rtp.RtcpPacket.SenderReport;
import io.roadcast.media.rtp.RtcpPacket.SourceDescription;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.srtp.SrtcpSendContext;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpReceiveContext;
import io.roadcast.sfu.srtp.SrtpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RTCP with one viewer: our sender reports, and what it reports and asks for. A few packets a
 * second, so they are objects here.
 */
final class ViewerReports {
  private static final int MAX_BYTES = 512;
  private static final int NO_SEQUENCE = -1;

  /** A second in units of a report's round trip, 1/65536 s: longer ones are a clock's mistake. */
  private static final int MAX_ROUND_TRIP = 30 << 16;

  private final Stream stream;
  private final String cname;
  private final WorkerClock clock;
  private final SrtcpSendContext sender;
  private final SrtpReceiveContext receiver;
  private final @Nullable TrackPlan mainTrack;
  private long roundTripNanos;
  private double loss = Double.NaN;
  private double summedLoss;
  private long lossReports;
  private long summedRoundTripNanos;
  private long roundTripReports;
  private int highestSequence = NO_SEQUENCE;
  private long nacks;
  private long lastFirCommand = -1;

  ViewerReports(ViewerPlan plan, SrtpKeys keys, WorkerClock clock) {
    this.stream = plan.stream();
    this.cname = plan.cname();
    this.clock = clock;
    this.sender = new SrtcpSendContext(keys);
    this.receiver = new SrtpReceiveContext(keys);
    this.mainTrack = plan.video() != null ? plan.video() : plan.audio();
  }

  /** 0 until known. */
  long roundTripNanos() {
    return roundTripNanos;
  }

  @Nullable Duration roundTrip() {
    return roundTripNanos == 0 ? null : Duration.ofNanos(roundTripNanos);
  }

  double loss() {
    return loss;
  }

  /** Of all reports on the main track; NaN before the first. */
  double meanLoss() {
    return summedLoss / lossReports;
  }

  /** Of all reports; null before the first. */
  @Nullable Duration meanRoundTrip() {
    return roundTripReports == 0 ? null : Duration.ofNanos(summedRoundTripNanos / roundTripReports);
  }

  /** Whether the viewer's last report on the main track says that it came to this packet. */
  boolean reached(long sequence) {
    return highestSequence == (int) (sequence & 0xffff);
  }

  /** Packets that the viewer asked for. */
  long nacks() {
    return nacks;
  }

  /**
   * Sends a sender report of one track (RFC 3550 section 6.4.1): which RTP time is now. Both tracks
   * take it from the stream's one clock, so a viewer can play them together.
   */
  void send(OutgoingTrack track, Outlet out, long nowNanos) {
    if (track.packets() > 0) {
      send(List.of(report(track, nowNanos), description(track)), out);
    }
  }

  /** Says that a track is over. */
  void sendBye(OutgoingTrack track, Outlet out) {
    if (track.packets() > 0) {
      Bye bye = new Bye(List.of(track.plan().ssrc()), "");
      send(List.of(report(track, clock.nanos()), description(track), bye), out);
    }
  }

  private SenderReport report(OutgoingTrack track, long nowNanos) {
    Instant now = clock.wall();
    long epochMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    int ticksPerMilli = track.plan().codec().clockRate() / 1000;
    long ticks = Math.floorDiv(stream.timeMicrosAt(nowNanos) * ticksPerMilli, 1000L);
    return new SenderReport(
        track.plan().ssrc(),
        NtpTime.ofEpochMicros(epochMicros),
        track.timestamp(ticks),
        (int) track.packets(),
        (int) track.octets(),
        List.of());
  }

  private SourceDescription description(OutgoingTrack track) {
    return new SourceDescription(List.of(new CanonicalName(track.plan().ssrc(), cname)));
  }

  private void send(List<RtcpPacket> compound, Outlet out) {
    byte[] bytes = new byte[MAX_BYTES + sender.overheadBytes()];
    int length = RtcpPacket.writeCompound(new ArrayList<>(compound), bytes, 0);
    out.egress().report(out.path(), bytes, sender.protect(bytes, 0, length));
  }

  /**
   * Opens and reads a compound packet of the viewer, and has done what it asks for.
   *
   * @return null, or why the packet was dropped
   */
  @Nullable NoiseReason received(
      byte[] bytes, int offset, int length, ViewerMedia media, long nowNanos) {
    NoiseReason refused = refusal(receiver.unprotectRtcp(bytes, offset, length));
    if (refused != null) {
      return refused;
    }
    List<RtcpPacket> packets;
    try {
      packets = RtcpPacket.parseCompound(bytes, offset, receiver.plainLength());
    } catch (MalformedMediaException e) {
      return NoiseReason.RTCP_MALFORMED;
    }
    for (RtcpPacket packet : packets) {
      read(packet, media, nowNanos);
    }
    return null;
  }

  private static @Nullable NoiseReason refusal(SrtpStatus status) {
    return switch (status) {
      case OK -> null;
      case MALFORMED, TOO_MANY_SOURCES -> NoiseReason.RTCP_MALFORMED;
      case AUTHENTICATION_FAILED -> NoiseReason.SRTCP_UNAUTHENTICATED;
      case REPLAYED -> NoiseReason.SRTCP_REPLAYED;
    };
  }

  private void read(RtcpPacket packet, ViewerMedia media, long nowNanos) {
    switch (packet) {
      case ReceiverReport report -> report.blocks().forEach(block -> read(block, media, nowNanos));
      case SenderReport report -> report.blocks().forEach(block -> read(block, media, nowNanos));
      case Nack nack -> {
        nacks += nack.lost().size();
        for (int sequence : nack.lost()) {
          media.packetMissing(nack.media(), sequence, nowNanos);
        }
      }
      case Pli pli -> media.pictureRequested(nowNanos);
      case Fir fir -> readFir(fir, media, nowNanos);
      case Bye bye -> media.saidBye();
      case SourceDescription ignored -> {}
      case RtcpPacket.Remb remb -> media.limited(remb.bitRate());
      case RtcpPacket.TransportFeedback feedback -> media.arrived(feedback, nowNanos);
      case RtcpPacket.ExtendedReport ignored -> {}
      case RtcpPacket.Unknown ignored -> {}
    }
  }

  /** A repeated command number is the same request again (RFC 5104 section 4.3.1.2). */
  private void readFir(Fir fir, ViewerMedia media, long nowNanos) {
    for (RtcpPacket.FirEntry entry : fir.entries()) {
      if (entry.commandSequence() != lastFirCommand) {
        lastFirCommand = entry.commandSequence();
        media.pictureRequested(nowNanos);
      }
    }
  }

  private void read(ReportBlock block, ViewerMedia media, long nowNanos) {
    if (block.lastSenderReport() != 0) {
      readRoundTrip(block);
    }
    if (mainTrack != null && block.ssrc() == mainTrack.ssrc()) {
      loss = block.fractionLost() / 256.0;
      summedLoss += loss;
      lossReports++;
      highestSequence = block.highestSequence() & 0xffff;
      media.reported(loss, roundTripNanos, nowNanos);
    }
  }

  /** The round trip is now less when our report left there and how long it was kept. */
  private void readRoundTrip(ReportBlock block) {
    Instant now = clock.wall();
    long epochMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    int roundTrip =
        NtpTime.middle(NtpTime.ofEpochMicros(epochMicros))
            - block.lastSenderReport()
            - block.delaySinceLastSenderReport();
    if (roundTrip >= 0 && roundTrip < MAX_ROUND_TRIP) {
      roundTripNanos = Math.max(1, NtpTime.nanosOfShort(roundTrip));
      summedRoundTripNanos += roundTripNanos;
      roundTripReports++;
    }
  }
}
