package io.roadcast.bench.viewer;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtcpPacket.Bye;
import io.roadcast.media.rtp.RtcpPacket.CanonicalName;
import io.roadcast.media.rtp.RtcpPacket.Nack;
import io.roadcast.media.rtp.RtcpPacket.Pli;
import io.roadcast.media.rtp.RtcpPacket.ReceiverReport;
import io.roadcast.media.rtp.RtcpPacket.ReportBlock;
import io.roadcast.media.rtp.RtcpPacket.SenderReport;
import io.roadcast.media.rtp.RtcpPacket.SourceDescription;
import io.roadcast.media.rtp.RtpHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jspecify.annotations.Nullable;

/**
 * A viewer's media once there are keys: decrypts and sorts what comes, reports once a second, asks
 * for what is missing. Belongs to the loop's thread.
 */
final class MediaSession {
  private static final long REPORT_EVERY = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_SOURCES = 8;
  private static final int MIN_RTCP_BYTES = 8;

  private record Source(
      int ssrc, SrtpCryptoContext context, @Nullable TrackReceiver track, boolean repair) {}

  private final MediaProtection protection;
  private final SessionAnswer answer;
  private final LoadViewerOptions options;
  private final Consumer<byte[]> output;
  private final int ownSsrc;
  private final ArrivalReports arrivals = new ArrivalReports();
  private final List<Source> sources = new ArrayList<>();
  private @Nullable TrackReceiver video;
  private @Nullable TrackReceiver audio;
  private double dropProbability;
  private long dropSeed;
  private boolean reporting = true;
  private long nextReport;
  private long firstPacketNanos;
  private boolean ended;

  private long unauthentic;
  private long replayed;
  private long malformed;
  private long strays;
  private long senderReports;
  private long byes;
  private long reports;
  private long nacks;
  private long plis;

  /**
   * @param output sends a datagram to the server
   */
  MediaSession(
      MediaKeys keys,
      SessionAnswer answer,
      LoadViewerOptions options,
      Consumer<byte[]> output,
      Random random) {
    this.protection = new MediaProtection(keys);
    this.answer = answer;
    this.options = options;
    this.output = output;
    this.ownSsrc = random.nextInt();
  }

  /** Takes an SRTP or SRTCP packet; its bytes are changed. */
  void receive(PacketBuffer packet, long now) {
    int length = packet.getLength();
    byte[] bytes = packet.getBuffer();
    if (length < MIN_RTCP_BYTES) {
      malformed++;
    } else if (RtpHeader.isRtcp(bytes, 0)) {
      receiveRtcp(packet, now);
    } else if (length < RtpHeader.FIXED_BYTES) {
      malformed++;
    } else {
      receiveRtp(packet, now);
    }
  }

  private void receiveRtp(PacketBuffer packet, long now) {
    byte[] bytes = packet.getBuffer();
    Source source = source(RtpHeader.ssrc(bytes, 0));
    SrtpCryptoContext context =
        source == null ? protection.source(RtpHeader.ssrc(bytes, 0)) : source.context();
    if (!counted(MediaProtection.open(context, packet))) {
      return;
    }
    if (source == null) {
      source = remember(context, bytes);
    }
    if (source == null || source.track() == null) {
      strays++;
      return;
    }
    if (firstPacketNanos == 0) {
      firstPacketNanos = now;
    }
    try {
      if (options.feedback()) {
        arrivals.came(bytes, packet.getLength(), now);
      }
      source.track().receive(bytes, packet.getLength(), source.repair(), now);
    } catch (MalformedMediaException e) {
      malformed++;
    }
  }

  private @Nullable Source source(int ssrc) {
    for (Source source : sources) {
      if (source.ssrc() == ssrc) {
        return source;
      }
    }
    return null;
  }

  /** Finds out by the payload type what a new, authentic SSRC is. */
  private @Nullable Source remember(SrtpCryptoContext context, byte[] packet) {
    if (sources.size() == MAX_SOURCES) {
      return null;
    }
    int ssrc = RtpHeader.ssrc(packet, 0);
    int payloadType = RtpHeader.payloadType(packet, 0);
    Source source = new Source(ssrc, context, null, false);
    for (AnswerMedium medium : answer.media()) {
      AnswerMedium.Format format = medium.format(payloadType);
      if (format != null && track(medium.kind()) == null) {
        source = new Source(ssrc, context, newTrack(medium.kind(), format, ssrc), false);
      } else if (medium.repairedBy(payloadType) >= 0) {
        source = new Source(ssrc, context, track(medium.kind()), true);
      }
    }
    sources.add(source);
    return source;
  }

  private TrackReceiver newTrack(String kind, AnswerMedium.Format format, int ssrc) {
    boolean isVideo = kind.equals("video");
    TrackReceiver track = new TrackReceiver(format, ssrc, isVideo, options);
    track.dropping(dropProbability, new Random(dropSeed + (isVideo ? 0 : 1)));
    if (isVideo) {
      video = track;
    } else {
      audio = track;
    }
    return track;
  }

  private @Nullable TrackReceiver track(String kind) {
    return kind.equals("video") ? video : audio;
  }

  private List<TrackReceiver> tracks() {
    List<TrackReceiver> tracks = new ArrayList<>(2);
    if (video != null) {
      tracks.add(video);
    }
    if (audio != null) {
      tracks.add(audio);
    }
    return tracks;
  }

  private void receiveRtcp(PacketBuffer packet, long now) {
    byte[] bytes = packet.getBuffer();
    int sender =
        (bytes[4] & 0xFF) << 24
            | (bytes[5] & 0xFF) << 16
            | (bytes[6] & 0xFF) << 8
            | (bytes[7] & 0xFF);
    if (!counted(protection.openRtcp(packet, sender))) {
      return;
    }
    try {
      for (RtcpPacket part : RtcpPacket.parseCompound(bytes, 0, packet.getLength())) {
        switch (part) {
          case SenderReport report -> senderReport(report, now);
          case Bye bye -> {
            byes++;
            ended = true;
          }
          default -> {
            // nothing else concerns a receiver
          }
        }
      }
    } catch (MalformedMediaException e) {
      malformed++;
    }
  }

  private void senderReport(SenderReport report, long now) {
    senderReports++;
    for (TrackReceiver track : tracks()) {
      if (track.ssrc() == report.ssrc()) {
        track.report(report, now);
      }
    }
  }

  private boolean counted(SrtpErrorStatus status) {
    switch (status) {
      case OK -> {
        return true;
      }
      case AUTH_FAIL -> unauthentic++;
      case REPLAY_FAIL, REPLAY_OLD -> replayed++;
      case FAIL, INVALID_PACKET -> malformed++;
    }
    return false;
  }

  /** Sends what is due. */
  void tick(long now) {
    List<RtcpPacket> requests = new ArrayList<>(2);
    for (TrackReceiver track : tracks()) {
      track.expire(now);
      List<Integer> missing = options.nack() ? track.requests(now) : List.of();
      if (!missing.isEmpty()) {
        nacks += missing.size();
        requests.add(new Nack(ownSsrc, track.ssrc(), missing));
      }
    }
    if (video != null) {
      arrivals.due(ownSsrc, video.ssrc(), now).ifPresent(requests::add);
    }
    if (!requests.isEmpty()) {
      send(requests);
    }
    if (reporting && now - nextReport >= 0) {
      nextReport = now + REPORT_EVERY;
      report(now);
    }
  }

  private void report(long now) {
    List<ReportBlock> blocks = tracks().stream().map(track -> track.reportBlock(now)).toList();
    reports++;
    send(
        List.of(
            new ReceiverReport(ownSsrc, blocks),
            new SourceDescription(List.of(new CanonicalName(ownSsrc, "viewer")))));
  }

  /** Asks for a keyframe. */
  void requestKeyframe() {
    if (video != null) {
      plis++;
      send(List.of(new Pli(ownSsrc, video.ssrc())));
    }
  }

  void send(List<RtcpPacket> packets) {
    byte[] plain = new byte[1200];
    int length = RtcpPacket.writeCompound(packets, plain, 0);
    output.accept(protectRtcp(Arrays.copyOf(plain, length)));
  }

  byte[] protectRtcp(byte[] plain) {
    return protection.protectRtcp(plain, word(plain, 4));
  }

  byte[] protectRtp(byte[] plain) {
    return protection.protectRtp(plain, word(plain, 8));
  }

  private static int word(byte[] bytes, int at) {
    if (bytes.length < at + 4) {
      throw new IllegalArgumentException("a packet of " + bytes.length + " bytes has no SSRC");
    }
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | (bytes[at + 3] & 0xFF);
  }

  void dropping(double probability, long seed) {
    dropProbability = probability;
    dropSeed = seed;
    for (TrackReceiver track : tracks()) {
      track.dropping(probability, new Random(seed + (track == video ? 0 : 1)));
    }
  }

  void stopReports() {
    reporting = false;
  }

  int ownSsrc() {
    return ownSsrc;
  }

  /** Whether the server said BYE. */
  boolean ended() {
    return ended;
  }

  /** When the first packet came, or 0. */
  long firstPacketNanos() {
    return firstPacketNanos;
  }

  @Nullable TrackReceiver video() {
    return video;
  }

  @Nullable TrackReceiver audio() {
    return audio;
  }

  /** These counts, with those of the connection in their places. */
  TransportStatistics statistics(TransportStatistics connection) {
    return new TransportStatistics(
        connection.datagrams(),
        connection.bytes(),
        connection.checks(),
        connection.checkAnswers(),
        connection.refusedChecks(),
        unauthentic,
        replayed,
        malformed,
        connection.strays() + strays,
        connection.beforeKeys(),
        senderReports,
        byes,
        reports,
        nacks,
        plis);
  }
}
