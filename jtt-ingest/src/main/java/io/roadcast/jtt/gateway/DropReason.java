package io.roadcast.jtt.gateway;

import java.util.Locale;

/** Why something that came from a terminal was not taken. */
public enum DropReason {
  /** Bytes that are no frame. */
  BAD_FRAME,
  /** A frame whose body breaks its layout. */
  BAD_BODY,
  ENCRYPTED,
  /** Something other than registration before 0x0102 succeeded. */
  UNAUTHENTICATED,
  /** Another terminal's number on an authenticated connection. */
  FOREIGN_NUMBER,
  /** Sent before with the same serial number; answered again. */
  DUPLICATE,
  /** A package that fits no message, or a message beyond the limits. */
  BAD_PACKAGE,
  /** A message of which packages never came. */
  INCOMPLETE,
  /** An answer that nobody waits for (any more). */
  UNEXPECTED_ANSWER,
  /** A message that only the platform may send, or that has no meaning here. */
  NOT_SUPPORTED,
  /** A position or a file that could not be kept; it is not acknowledged. */
  NOT_KEPT,
  /** A datagram for which there is no room. */
  NO_ROOM;

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
