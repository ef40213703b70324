package io.roadcast.jtt.jt1078;

import java.util.Locale;

/** Why something that came in was not used. */
public enum DropReason {
  /** A packet whose end is missing. */
  TRUNCATED_PACKET,
  /** A packet that announces a body above the limit. */
  OVERSIZED_BODY,
  /** A datagram that came twice. */
  DUPLICATE_DATAGRAM,
  /** A datagram that came after its turn. */
  LATE_DATAGRAM,
  /** A datagram that holds no packet, or for which there is no room. */
  FOREIGN_DATAGRAM,
  /** A packet of one channel too many. */
  TOO_MANY_CHANNELS,
  /** A packet of a channel that another connection publishes now. */
  SUPERSEDED_CHANNEL,
  /** A frame of which a part, or of what it refers to, is missing. */
  DAMAGED_FRAME,
  /** A picture that cannot be read. */
  MALFORMED_PICTURE,
  /** A frame of a stream for which the server has no room. */
  REFUSED_STREAM;

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
