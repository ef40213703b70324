package io.roadcast.bench.viewer;

import io.roadcast.media.rtp.HeaderExtensions;
import java.util.ArrayList;
import java.util.List;

/**
 * An offer to receive, in Chromium's words: BUNDLE, rtcp-mux, H.264 in packetization mode 1 with
 * retransmission (RFC 4588), G.711. Transport-wide feedback only if the viewer is to give it.
 */
final class SessionOffer {
  private record H264Payload(int type, int repairType, String profileLevelId) {}

  private static final List<H264Payload> H264_PAYLOADS =
      List.of(
          new H264Payload(103, 104, "42001f"),
          new H264Payload(109, 114, "42e01f"),
          new H264Payload(117, 118, "4d001f"),
          new H264Payload(123, 124, "f4001f"));

  private final StringBuilder text = new StringBuilder(2048);
  private final IceParameters ice;
  private final String fingerprint;
  private final int port;
  private final boolean feedback;
  private int mid;

  private SessionOffer(IceParameters ice, String fingerprint, int port, boolean feedback) {
    this.ice = ice;
    this.fingerprint = fingerprint;
    this.port = port;
    this.feedback = feedback;
  }

  /**
   * @param fingerprint value of the attribute: hash function and bytes
   * @param port of the viewer's socket, for a candidate that servers of the same machine can reach
   */
  static String write(
      LoadViewerOptions options, IceParameters ice, String fingerprint, long id, int port) {
    SessionOffer offer = new SessionOffer(ice, fingerprint, port, options.feedback());
    offer.session(options, id);
    if (options.audio()) {
      offer.audio();
    }
    if (options.video()) {
      offer.video();
    }
    return offer.text.toString();
  }

  private void session(LoadViewerOptions options, long id) {
    line("v=0");
    line("o=- " + (id & Long.MAX_VALUE) + " 2 IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    line("a=group:BUNDLE" + (options.audio() && options.video() ? " 0 1" : " 0"));
    line("a=extmap-allow-mixed");
    line("a=msid-semantic: WMS");
  }

  private void audio() {
    medium("audio", List.of("0", "8"));
    line("a=rtpmap:0 PCMU/8000");
    line("a=rtpmap:8 PCMA/8000");
  }

  private void video() {
    List<String> types = new ArrayList<>();
    for (H264Payload payload : H264_PAYLOADS) {
      types.add(String.valueOf(payload.type()));
      types.add(String.valueOf(payload.repairType()));
    }
    medium("video", types);
    for (H264Payload payload : H264_PAYLOADS) {
      h264(payload);
    }
  }

  private void medium(String medium, List<String> payloadTypes) {
    line("m=" + medium + " 9 UDP/TLS/RTP/SAVPF " + String.join(" ", payloadTypes));
    line("c=IN IP4 0.0.0.0");
    line("a=rtcp:9 IN IP4 0.0.0.0");
    line("a=ice-ufrag:" + ice.ufrag());
    line("a=ice-pwd:" + ice.password());
    line("a=ice-options:trickle");
    line("a=candidate:1 1 udp 2130706431 127.0.0.1 " + port + " typ host");
    line("a=fingerprint:" + fingerprint);
    line("a=setup:actpass");
    line("a=mid:" + mid++);
    line("a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid");
    line("a=extmap:6 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay");
    if (feedback) {
      line("a=extmap:" + ArrivalReports.EXTENSION_ID + " " + HeaderExtensions.TRANSPORT_CC);
    }
    line("a=recvonly");
    line("a=rtcp-mux");
    line("a=rtcp-rsize");
  }

  private void h264(H264Payload payload) {
    int type = payload.type();
    line("a=rtpmap:" + type + " H264/90000");
    if (feedback) {
      line("a=rtcp-fb:" + type + " transport-cc");
    }
    line("a=rtcp-fb:" + type + " ccm fir");
    line("a=rtcp-fb:" + type + " nack");
    line("a=rtcp-fb:" + type + " nack pli");
    line(
        "a=fmtp:%d level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=%s"
            .formatted(type, payload.profileLevelId()));
    line("a=rtpmap:" + payload.repairType() + " rtx/90000");
    line("a=fmtp:" + payload.repairType() + " apt=" + type);
  }

  private void line(String line) {
    text.append(line).append("\r\n");
  }
}
