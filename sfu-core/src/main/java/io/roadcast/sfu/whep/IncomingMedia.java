package io.roadcast.sfu.whep;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtpHeader;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.UplinkStatistics;
import io.roadcast.sfu.srtp.SrtcpSendContext;
import io.roadcast.sfu.srtp.SrtpKeys;
import io.roadcast.sfu.srtp.SrtpReceiveContext;
import io.roadcast.sfu.srtp.SrtpStatus;
import io.roadcast.sfu.webrtc.WatchAnswer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The SRTP that comes from another server: opened, put in order and together, published; and the
 * RTCP that goes back. Used by one thread, but for {@link #statistics}.
 */
final class IncomingMedia {
  private static final long REPORT_INTERVAL_NANOS = 1_000_000_000;
  private static final long KEYFRAME_INTERVAL_NANOS = 1_000_000_000;
  private static final int MAX_RTCP_BYTES = 1200;

  private final Map<Integer, WatchAnswer.Format> formats;
  private final Publication publication;
  private final Consumer<byte[]> output;
  private final SrtpReceiveContext opening;
  private final SrtcpSendContext protecting;
  private final MediaTimeline timeline;
  private final int reporter = new SecureRandom().nextInt() | 1;
  private @Nullable IncomingTrack video;
  private @Nullable IncomingTrack audio;
  private @Nullable IncomingPictures pictures;
  private long reportDueNanos;
  private long keyframeDueNanos;
  private long bytes;
  private volatile UplinkStatistics statistics = UplinkStatistics.NONE;

  /**
   * @param output sends a datagram to the other server
   */
  IncomingMedia(
      Map<Integer, WatchAnswer.Format> formats,
      SrtpKeys keys,
      Publication publication,
      Consumer<byte[]> output,
      long nowNanos) {
    this.formats = formats;
    this.publication = publication;
    this.output = output;
    this.opening = new SrtpReceiveContext(keys);
    this.protecting = new SrtcpSendContext(keys);
    this.timeline = new MediaTimeline(clockRate(Medium.VIDEO), clockRate(Medium.AUDIO));
    this.reportDueNanos = nowNanos + REPORT_INTERVAL_NANOS;
    this.keyframeDueNanos = nowNanos + KEYFRAME_INTERVAL_NANOS;
  }

  /** All codecs of one medium that were agreed on have the clock of the one that comes. */
  private int clockRate(Medium medium) {
    return formats.values().stream()
        .map(WatchAnswer.Format::codec)
        .filter(codec -> codec.medium() == medium)
        .mapToInt(Codec::clockRate)
        .findFirst()
        .orElse(Codec.H264.clockRate());
  }

  /** Any thread; as of the last second. */
  UplinkStatistics statistics() {
    return statistics;
  }

  /** Pictures, or blocks of sound where there are no pictures, that were published. */
  boolean flows() {
    return pictures != null ? pictures.complete() > 0 : audio != null;
  }

  /**
   * Takes a datagram whose first byte says RTP or RTCP.
   *
   * @param datagram is changed
   * @return whether it was authentic
   */
  boolean received(byte[] datagram, long nowNanos) {
    if (datagram.length < RtpHeader.FIXED_BYTES) {
      return false;
    }
    boolean rtcp = RtpHeader.isRtcp(datagram, 0);
    SrtpStatus status =
        rtcp
            ? opening.unprotectRtcp(datagram, 0, datagram.length)
            : opening.unprotect(datagram, 0, datagram.length);
    if (status != SrtpStatus.OK) {
      return false;
    }
    try {
      if (rtcp) {
        RtcpPacket.parseCompound(datagram, 0, opening.plainLength())
            .forEach(packet -> told(packet, nowNanos));
      } else {
        bytes += datagram.length;
        packet(datagram, opening.plainLength(), nowNanos);
      }
    } catch (MalformedMediaException e) {
      return false;
    }
    return true;
  }

  private void packet(byte[] packet, int length, long nowNanos) throws MalformedMediaException {
    int header = RtpHeader.headerBytes(packet, 0, length);
    int payload = RtpHeader.payloadBytes(packet, 0, length, header);
    WatchAnswer.Format format = formats.get(RtpHeader.payloadType(packet, 0));
    if (format == null) {
      return;
    }
    ByteBuffer bytesOfIt = ByteBuffer.wrap(packet, header, payload).slice();
    int timestamp = RtpHeader.timestamp(packet, 0);
    boolean marker = RtpHeader.marker(packet, 0);
    if (!format.repair()) {
      IncomingTrack track = track(format.codec(), RtpHeader.ssrc(packet, 0));
      track.received(RtpHeader.sequence(packet, 0), timestamp, marker, bytesOfIt, nowNanos);
      drain(track, nowNanos);
    } else if (payload > 2 && video != null && video.codec() == format.codec()) {
      int original = Short.toUnsignedInt(bytesOfIt.getShort());
      video.repaired(original, timestamp, marker, bytesOfIt.slice(), nowNanos);
      drain(video, nowNanos);
    }
  }

  /** A source that begins anew, or changes its codec, takes the place of the one before. */
  private IncomingTrack track(Codec codec, int ssrc) {
    boolean isVideo = codec.medium() == Medium.VIDEO;
    IncomingTrack known = isVideo ? video : audio;
    if (known != null && known.ssrc() == ssrc && known.codec() == codec) {
      return known;
    }
    IncomingTrack track = new IncomingTrack(ssrc, codec);
    if (isVideo) {
      video = track;
      pictures = new IncomingPictures(codec, timeline, publication);
    } else {
      audio = track;
    }
    return track;
  }

  private void drain(IncomingTrack track, long nowNanos) {
    if (track == video) {
      IncomingPictures to = Objects.requireNonNull(pictures);
      track.drain(nowNanos, packet -> to.accept(packet, track.lost()));
    } else {
      track.drain(nowNanos, packet -> sound(track.codec(), packet));
    }
  }

  private void sound(Codec codec, IncomingPacket packet) {
    if (!packet.payload().hasRemaining()) {
      return;
    }
    timeline
        .ofAudio(packet.timestamp(), packet.receivedNanos())
        .ifPresent(
            micros ->
                publication.audio(
                    new AudioFrame(codec, packet.payload(), micros, packet.receivedNanos())));
  }

  private void told(RtcpPacket packet, long nowNanos) {
    if (packet instanceof RtcpPacket.SenderReport report) {
      if (video != null && video.ssrc() == report.ssrc()) {
        video.meter().reported(report.ntpTime(), nowNanos);
        timeline.videoReported(report.ntpTime(), report.rtpTime());
      } else if (audio != null && audio.ssrc() == report.ssrc()) {
        audio.meter().reported(report.ntpTime(), nowNanos);
        timeline.audioReported(report.ntpTime(), report.rtpTime());
      }
    }
  }

  /** Asks for what is missing, reports and gives up, as far as that is due. */
  void tick(long nowNanos) {
    List<RtcpPacket> out = new ArrayList<>();
    if (nowNanos - reportDueNanos >= 0) {
      reportDueNanos = nowNanos + REPORT_INTERVAL_NANOS;
      report(out, nowNanos);
    }
    if (video != null) {
      drain(video, nowNanos);
      RtcpPacket.Nack request = video.request(reporter, nowNanos);
      if (request != null) {
        out.add(request);
      }
      boolean frozen = pictures != null && pictures.wantsKeyframe();
      if (frozen && nowNanos - keyframeDueNanos >= 0) {
        keyframeDueNanos = nowNanos + KEYFRAME_INTERVAL_NANOS;
        out.add(new RtcpPacket.Pli(reporter, video.ssrc()));
      }
    }
    if (audio != null) {
      drain(audio, nowNanos);
    }
    if (!out.isEmpty()) {
      send(out);
    }
  }

  private void report(List<RtcpPacket> out, long nowNanos) {
    List<RtcpPacket.ReportBlock> blocks = new ArrayList<>();
    long packets = 0;
    long lost = 0;
    for (IncomingTrack track : tracks()) {
      blocks.add(track.meter().report(track.ssrc(), nowNanos));
      packets += track.meter().packets();
      lost += track.lost();
    }
    out.add(new RtcpPacket.ReceiverReport(reporter, blocks));
    long damaged = pictures == null ? 0 : pictures.damaged();
    statistics = new UplinkStatistics(packets, bytes, 0, lost, damaged, 0, 0);
  }

  private List<IncomingTrack> tracks() {
    List<IncomingTrack> tracks = new ArrayList<>();
    if (video != null) {
      tracks.add(video);
    }
    if (audio != null) {
      tracks.add(audio);
    }
    return tracks;
  }

  private void send(List<RtcpPacket> packets) {
    byte[] datagram = new byte[MAX_RTCP_BYTES + protecting.overheadBytes()];
    int length = RtcpPacket.writeCompound(packets, datagram, 0);
    int sealed = protecting.protect(datagram, 0, length);
    output.accept(Arrays.copyOf(datagram, sealed));
  }
}
