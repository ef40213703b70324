package io.roadcast.sfu.webrtc;

import java.util.List;

/**
 * What the server tells of itself in an answer.
 *
 * @param credentials new ones for each session
 * @param candidates where the server can be reached, the preferred one first
 * @param streamName names the media stream (msid) in the page: letters, digits, dots and dashes
 */
public record LocalDescription(
    IceCredentials credentials,
    Fingerprint fingerprint,
    List<IceCandidate> candidates,
    String streamName) {
  /** Keeps its own copy of the list. */
  public LocalDescription {
    candidates = List.copyOf(candidates);
    if (!streamName.matches("[A-Za-z0-9.-]{1,64}")) {
      throw new IllegalArgumentException("not a stream name for SDP: " + streamName);
    }
  }
}
