package io.roadcast.sfu.webrtc;

import io.roadcast.media.Codec;
import io.roadcast.media.Medium;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Our own offer to watch a stream of somebody else (WHEP): one section of video and one of sound,
 * received only, all in one bundle, with all candidates.
 */
public final class WatchOffer {
  private static final int NO_RTX = -1;

  /** Sound as it is before sound that was transcoded, which the other end makes of anything. */
  private static final List<Format> FORMATS =
      List.of(
          h264(102, "4d001f"),
          h264(104, "42e01f"),
          h264(106, "640c1f"),
          h264(110, "640028"),
          new Format(108, 109, Codec.H265, "H265/90000", ""),
          new Format(8, NO_RTX, Codec.PCMA, "PCMA/8000", ""),
          new Format(0, NO_RTX, Codec.PCMU, "PCMU/8000", ""),
          new Format(111, NO_RTX, Codec.OPUS, "opus/48000/2", ""));

  private final StringBuilder text = new StringBuilder(2048);
  private final IceCredentials credentials;
  private final Fingerprint fingerprint;
  private final List<IceCandidate> candidates;

  private record Format(int type, int rtxType, Codec codec, String map, String parameters) {
    boolean isVideo() {
      return codec.medium() == Medium.VIDEO;
    }
  }

  private WatchOffer(
      IceCredentials credentials, Fingerprint fingerprint, List<IceCandidate> candidates) {
    this.credentials = credentials;
    this.fingerprint = fingerprint;
    this.candidates = candidates;
  }

  /**
   * @param local where the port is reached
   */
  public static String write(
      IceCredentials credentials, Fingerprint fingerprint, List<InetSocketAddress> local) {
    return new WatchOffer(credentials, fingerprint, IceCandidate.hosts(local)).write();
  }

  private static Format h264(int type, String profileAndLevel) {
    return new Format(
        type,
        type + 1,
        Codec.H264,
        "H264/90000",
        "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=" + profileAndLevel);
  }

  private String write() {
    line("v=0");
    line("o=roadcast %d 1 IN IP4 0.0.0.0", new RandomIds().sessionId());
    line("s=-");
    line("t=0 0");
    line("a=group:BUNDLE 0 1");
    section("video", 0, FORMATS.stream().filter(Format::isVideo).toList());
    section("audio", 1, FORMATS.stream().filter(format -> !format.isVideo()).toList());
    return text.toString();
  }

  private void section(String kind, int mid, List<Format> formats) {
    StringBuilder types = new StringBuilder();
    for (Format format : formats) {
      types.append(' ').append(format.type);
      if (format.rtxType != NO_RTX) {
        types.append(' ').append(format.rtxType);
      }
    }
    line("m=%s 9 UDP/TLS/RTP/SAVPF%s", kind, types);
    line("c=IN IP4 0.0.0.0");
    candidates.forEach(candidate -> line("a=candidate:%s", candidate.attribute()));
    line("a=end-of-candidates");
    line("a=ice-ufrag:%s", credentials.ufrag());
    line("a=ice-pwd:%s", credentials.password());
    line("a=fingerprint:%s", fingerprint.attribute());
    line("a=setup:actpass");
    line("a=mid:%d", mid);
    line("a=recvonly");
    line("a=rtcp-mux");
    line("a=rtcp-rsize");
    formats.forEach(this::format);
  }

  private void format(Format format) {
    line("a=rtpmap:%d %s", format.type, format.map);
    if (!format.parameters.isEmpty()) {
      line("a=fmtp:%d %s", format.type, format.parameters);
    }
    if (format.rtxType != NO_RTX) {
      line("a=rtcp-fb:%d nack", format.type);
      line("a=rtcp-fb:%d nack pli", format.type);
      line("a=rtpmap:%d rtx/90000", format.rtxType);
      line("a=fmtp:%d apt=%d", format.rtxType, format.type);
    }
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append("\r\n");
  }
}
