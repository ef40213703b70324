package io.roadcast.sfu.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/** Offers and formats for the tests of SDP. */
final class Offers {
  static final VideoFormat MAIN = h264("4d0014", false);
  static final AudioFormat ALAW = new AudioFormat(Codec.PCMA, 8000, 1);

  private static final String FINGERPRINT = "AB:".repeat(31) + "CD";

  private Offers() {}

  static VideoFormat h264(String profileLevelId, boolean reordered) {
    return new VideoFormat(Codec.H264, "", profileLevelId, "2.0", 352, 288, reordered);
  }

  static VideoFormat h265() {
    return new VideoFormat(Codec.H265, "Main", "1-93", "3.1", 1280, 720, false);
  }

  static LocalDescription local() {
    return new LocalDescription(
        new IceCredentials("serv", "p".repeat(24)),
        new Fingerprint("sha-256", FINGERPRINT),
        IceCandidate.hosts(
            List.of(
                new InetSocketAddress("192.0.2.1", 10000),
                new InetSocketAddress("2001:db8::1", 10000))),
        "13912345678-1");
  }

  /** What Chromium 156 sends that wants to watch: video and audio, recvonly. */
  static String chromium() {
    return resource("chromium-156-watch.sdp");
  }

  /** Chromium 156 with audio, two video sections, one of them sendrecv, and a data channel. */
  static String chromiumWithDataChannel() {
    return resource("chromium-156-data-channel.sdp");
  }

  /**
   * As Firefox builds offers: ICE in the session, 36-bit mids, no transport-wide feedback for
   * H.264.
   */
  static String firefoxLike() {
    return """
    v=0
    o=mozilla...THIS_IS_SDPARTA-99.0 4611731400430051336 0 IN IP4 0.0.0.0
    s=-
    t=0 0
    a=sendrecv
    a=fingerprint:sha-256 %s
    a=group:BUNDLE 0 1
    a=ice-options:trickle
    a=msid-semantic:WMS *
    m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
    c=IN IP4 0.0.0.0
    a=recvonly
    a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
    a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
    a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
    a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
    a=fmtp:101 0-15
    a=ice-pwd:0123456789abcdef0123456789abcdef
    a=ice-ufrag:a1b2c3d4
    a=mid:0
    a=rtcp-mux
    a=rtpmap:109 opus/48000/2
    a=rtpmap:9 G722/8000/1
    a=rtpmap:0 PCMU/8000
    a=rtpmap:8 PCMA/8000
    a=rtpmap:101 telephone-event/8000/1
    a=setup:actpass
    m=video 9 UDP/TLS/RTP/SAVPF 120 124 126 127 97 98
    c=IN IP4 0.0.0.0
    a=recvonly
    a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
    a=extmap:4 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
    a=extmap:5 urn:ietf:params:rtp-hdrext:toffset
    a=extmap:6/recvonly http://www.webrtc.org/experiments/rtp-hdrext/playout-delay
    a=fmtp:126 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1
    a=fmtp:97 profile-level-id=42e01f;level-asymmetry-allowed=1
    a=fmtp:120 max-fs=12288;max-fr=60
    a=fmtp:124 apt=120
    a=fmtp:127 apt=126
    a=fmtp:98 apt=97
    a=ice-pwd:0123456789abcdef0123456789abcdef
    a=ice-ufrag:a1b2c3d4
    a=mid:1
    a=rtcp-fb:120 nack
    a=rtcp-fb:126 nack
    a=rtcp-fb:126 nack pli
    a=rtcp-fb:126 ccm fir
    a=rtcp-fb:126 goog-remb
    a=rtcp-mux
    a=rtcp-rsize
    a=rtpmap:120 VP8/90000
    a=rtpmap:124 rtx/90000
    a=rtpmap:126 H264/90000
    a=rtpmap:127 rtx/90000
    a=rtpmap:97 H264/90000
    a=rtpmap:98 rtx/90000
    a=setup:actpass
    """
        .formatted(FINGERPRINT);
  }

  /** One video section with these lines appended. */
  static String video(String... lines) {
    return """
    v=0
    o=- 1 1 IN IP4 0.0.0.0
    s=-
    t=0 0
    m=video 9 UDP/TLS/RTP/SAVPF 96 97 98
    c=IN IP4 0.0.0.0
    a=ice-ufrag:abcd
    a=ice-pwd:0123456789abcdefghijkl
    a=fingerprint:sha-256 %s
    a=setup:actpass
    a=rtcp-mux
    """
            .formatted(FINGERPRINT)
        + String.join("\n", lines)
        + "\n";
  }

  private static String resource(String name) {
    try (InputStream in = Offers.class.getResourceAsStream("/sdp/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
