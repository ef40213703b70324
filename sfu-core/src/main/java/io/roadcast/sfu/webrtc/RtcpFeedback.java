package io.roadcast.sfu.webrtc;

/** Kinds of RTCP feedback (RFC 4585, RFC 5104 and two of the browsers' own) that we make use of. */
public enum RtcpFeedback {
  NACK("nack"),
  PLI("nack pli"),
  FIR("ccm fir"),
  REMB("goog-remb"),
  TRANSPORT_CC("transport-cc");

  private final String attribute;

  RtcpFeedback(String attribute) {
    this.attribute = attribute;
  }

  /** What stands behind the payload type in {@code a=rtcp-fb}. */
  String attribute() {
    return attribute;
  }
}
