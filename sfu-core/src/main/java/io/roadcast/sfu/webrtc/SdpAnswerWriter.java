package io.roadcast.sfu.webrtc;

import java.net.Inet6Address;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the text of one answer. */
final class SdpAnswerWriter {
  private static final String DISCARD = "9";

  private final SdpOffer offer;
  private final NegotiatedSession session;
  private final LocalDescription local;
  private final StringBuilder text = new StringBuilder(2048);
  private boolean candidatesWritten;

  SdpAnswerWriter(SdpOffer offer, NegotiatedSession session, LocalDescription local) {
    this.offer = offer;
    this.session = session;
    this.local = local;
  }

  /**
   * Writes all sections in the offer's order.
   *
   * @param chosen the accepted ones
   */
  String write(Map<SdpMedia, RtpFormat> chosen) {
    line("v=0");
    line("o=roadcast %d 1 IN IP4 0.0.0.0", new RandomIds().sessionId());
    line("s=-");
    line("t=0 0");
    List<String> bundled =
        offer.media().stream()
            .filter(section -> chosen.containsKey(section) && offer.isBundled(section))
            .map(SdpMedia::mid)
            .toList();
    if (!bundled.isEmpty()) {
      line("a=group:BUNDLE %s", String.join(" ", bundled));
    }
    line("a=ice-lite");
    line("a=msid-semantic: WMS %s", local.streamName());
    for (SdpMedia section : offer.media()) {
      RtpFormat format = chosen.get(section);
      if (format == null) {
        reject(section);
      } else {
        accept(section, format);
      }
    }
    return text.toString();
  }

  private void reject(SdpMedia section) {
    line(
        "m=%s 0 %s %s", section.kind(), section.protocol(), String.join(" ", section.formatList()));
    line("c=IN IP4 0.0.0.0");
    if (section.protocol().contains("RTP/")) {
      line("a=inactive");
    }
    mid(section);
  }

  private void accept(SdpMedia section, RtpFormat format) {
    NegotiatedTrack track =
        (section.kind().equals("video") ? session.video() : session.audio()).orElseThrow();
    boolean rtx = track.rtxPayloadType() != NegotiatedTrack.NO_RTX;
    line(
        "m=%s %s %s %d%s",
        section.kind(),
        port(),
        section.protocol(),
        track.payloadType(),
        rtx ? " " + track.rtxPayloadType() : "");
    line("c=%s", address());
    transport();
    mid(section);
    extensions(track.extensions());
    line("a=sendonly");
    line("a=msid:%s %s", local.streamName(), section.kind());
    line("a=rtcp-mux");
    if (session.reducedSizeRtcp()) {
      line("a=rtcp-rsize");
    }
    payloadTypes(track, format, rtx);
    sources(track, rtx);
  }

  private String port() {
    return local.candidates().isEmpty()
        ? DISCARD
        : Integer.toString(local.candidates().getFirst().address().getPort());
  }

  /** The default destination, which has to be one of the candidates (RFC 8839 4.2.1.2). */
  private String address() {
    if (local.candidates().isEmpty()) {
      return "IN IP4 0.0.0.0";
    }
    IceCandidate preferred = local.candidates().getFirst();
    return "IN %s %s"
        .formatted(
            preferred.address().getAddress() instanceof Inet6Address ? "IP6" : "IP4",
            preferred.host());
  }

  private void transport() {
    if (!candidatesWritten) {
      local.candidates().forEach(candidate -> line("a=candidate:%s", candidate.attribute()));
      line("a=end-of-candidates");
      candidatesWritten = true;
    }
    line("a=ice-ufrag:%s", local.credentials().ufrag());
    line("a=ice-pwd:%s", local.credentials().password());
    line("a=fingerprint:%s", local.fingerprint().attribute());
    line("a=setup:passive");
  }

  private void mid(SdpMedia section) {
    if (!section.mid().isEmpty()) {
      line("a=mid:%s", section.mid());
    }
  }

  private void extensions(HeaderExtensions ids) {
    extension(ids.absoluteSendTime(), HeaderExtensions.ABSOLUTE_SEND_TIME);
    extension(ids.transportSequenceNumber(), HeaderExtensions.TRANSPORT_SEQUENCE_NUMBER);
    extension(ids.playoutDelay(), HeaderExtensions.PLAYOUT_DELAY);
    extension(ids.absoluteCaptureTime(), HeaderExtensions.ABSOLUTE_CAPTURE_TIME);
    extension(ids.mid(), HeaderExtensions.MID);
  }

  private void extension(int id, String uri) {
    if (id != 0) {
      line("a=extmap:%d %s", id, uri);
    }
  }

  private void payloadTypes(NegotiatedTrack track, RtpFormat format, boolean rtx) {
    String channels = format.channels() > 1 ? "/" + format.channels() : "";
    line("a=rtpmap:%d %s/%d%s", format.payloadType(), format.name(), format.clockRate(), channels);
    Set<RtcpFeedback> feedback = EnumSet.noneOf(RtcpFeedback.class);
    feedback.addAll(track.feedback());
    for (RtcpFeedback kind : feedback) {
      line("a=rtcp-fb:%d %s", format.payloadType(), kind.attribute());
    }
    if (!format.parameters().isEmpty()) {
      line("a=fmtp:%d %s", format.payloadType(), format.parameters());
    }
    if (rtx) {
      line("a=rtpmap:%d rtx/%d", track.rtxPayloadType(), format.clockRate());
      line("a=fmtp:%d apt=%d", track.rtxPayloadType(), format.payloadType());
    }
  }

  private void sources(NegotiatedTrack track, boolean rtx) {
    long ssrc = Integer.toUnsignedLong(track.ssrc());
    long rtxSsrc = Integer.toUnsignedLong(track.rtxSsrc());
    if (rtx) {
      line("a=ssrc-group:FID %d %d", ssrc, rtxSsrc);
    }
    line("a=ssrc:%d cname:%s", ssrc, session.cname());
    if (rtx) {
      line("a=ssrc:%d cname:%s", rtxSsrc, session.cname());
    }
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append("\r\n");
  }
}
