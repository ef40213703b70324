package io.roadcast.sfu.webrtc;

import java.util.List;
import java.util.Map;

/**
 * One media section of an offer.
 *
 * @param kind what the m-line begins with: {@code video}, {@code audio}, {@code application}
 * @param formatList formats as the m-line lists them
 * @param mid identification, empty without one
 * @param direction as the offerer sees it
 * @param formats of RTP sections, by preference of the offerer
 * @param extensions header extension ids by URI
 * @param transport what the section says of its transport
 */
record SdpMedia(
    String kind,
    int port,
    String protocol,
    List<String> formatList,
    String mid,
    Direction direction,
    boolean bundleOnly,
    List<RtpFormat> formats,
    Map<String, Integer> extensions,
    Transport transport) {
  enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE
  }

  /**
   * Attributes that a section takes from its bundle's first section, or from the session, if it
   * lacks them.
   */
  record Transport(
      String ufrag,
      String password,
      List<String> fingerprints,
      String setup,
      boolean rtcpMux,
      boolean rtcpReducedSize) {
    Transport {
      fingerprints = List.copyOf(fingerprints);
    }

    Transport or(Transport other) {
      return new Transport(
          ufrag.isEmpty() ? other.ufrag : ufrag,
          password.isEmpty() ? other.password : password,
          fingerprints.isEmpty() ? other.fingerprints : fingerprints,
          setup.isEmpty() ? other.setup : setup,
          rtcpMux || other.rtcpMux,
          rtcpReducedSize || other.rtcpReducedSize);
    }
  }

  SdpMedia {
    formatList = List.copyOf(formatList);
    formats = List.copyOf(formats);
    extensions = Map.copyOf(extensions);
  }

  /** Whether the offerer is willing to receive RTP here. */
  boolean receives() {
    return protocol.endsWith("RTP/SAVPF")
        && (port != 0 || bundleOnly)
        && (direction == Direction.SENDRECV || direction == Direction.RECVONLY);
  }
}
