package io.roadcast.jtt.gateway;

import java.util.Locale;

/** Why a terminal's link ended, or was never let in. */
public enum CloseReason {
  /** The terminal closed its connection. */
  BY_TERMINAL,
  /** No message for too long. */
  SILENT,
  /** 0x0102 did not succeed in time. */
  NEVER_AUTHENTICATED,
  /** Too many refused 0x0102 or 0x0100. */
  REFUSED,
  /** Too many bytes without a message. */
  GARBAGE,
  /** The same terminal authenticated itself on another connection. */
  REPLACED,
  TOO_MANY_CONNECTIONS,
  TOO_MANY_OF_ADDRESS,
  /** More 0x0100 from one address than a minute may have. */
  TOO_MANY_REGISTRATIONS,
  /** More terminals than are remembered. */
  TOO_MANY_TERMINALS,
  /** Too many messages of which packages never came. */
  INCOMPLETE_MESSAGES,
  /** The terminal does not read what is sent to it. */
  NOT_READING,
  /** An error on the connection. */
  ERROR,
  STOPPING;

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
