package io.roadcast.sfu.webrtc;

import java.util.Map;

/**
 * Ids of the header extensions that the answer accepts, 1 to 14, or 0 where the viewer did not
 * offer one. What may be sent is what has an id; nothing must be. Those that are sent, playout
 * delay, sequence number and capture time, are the 20 bytes that packets leave for extensions.
 *
 * @param playoutDelay three bytes: minimum and maximum, 12 bits each, in 10 ms
 * @param transportSequenceNumber two bytes: the transport-wide sequence number
 * @param absoluteSendTime three bytes, 6.18 fixed point seconds
 * @param absoluteCaptureTime eight bytes: when the picture was taken, as an NTP timestamp
 * @param mid the section's identification, one to four characters; 0 for a longer one
 */
public record HeaderExtensions(
    int playoutDelay,
    int transportSequenceNumber,
    int absoluteSendTime,
    int absoluteCaptureTime,
    int mid) {
  static final String PLAYOUT_DELAY = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
  static final String TRANSPORT_SEQUENCE_NUMBER =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
  static final String ABSOLUTE_SEND_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
  static final String ABSOLUTE_CAPTURE_TIME =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";
  static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

  private static final int MAX_ONE_BYTE_ID = 14;
  private static final int MAX_MID_LENGTH = 4;

  static HeaderExtensions common(SdpMedia offered) {
    Map<String, Integer> ids = offered.extensions();
    boolean video = offered.kind().equals("video");
    return new HeaderExtensions(
        video ? id(ids, PLAYOUT_DELAY) : 0,
        id(ids, TRANSPORT_SEQUENCE_NUMBER),
        id(ids, ABSOLUTE_SEND_TIME),
        video ? id(ids, ABSOLUTE_CAPTURE_TIME) : 0,
        offered.mid().length() <= MAX_MID_LENGTH ? id(ids, MID) : 0);
  }

  private static int id(Map<String, Integer> ids, String uri) {
    int id = ids.getOrDefault(uri, 0);
    return id <= MAX_ONE_BYTE_ID ? id : 0;
  }
}
