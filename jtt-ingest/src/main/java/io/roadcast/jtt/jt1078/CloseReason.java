package io.roadcast.jtt.jt1078;

import java.util.Locale;

/** Why a terminal's connection ended. */
public enum CloseReason {
  BY_TERMINAL("the terminal closed its connection"),
  SILENT("the terminal sent nothing for too long"),
  NEVER_SENT("the connection never sent a packet"),
  GARBAGE("too many bytes that belong to no packet"),
  SUPERSEDED("another connection took over"),
  UNWANTED("it went on sending after it was told to stop"),
  TOO_MANY_CONNECTIONS("too many connections"),
  TOO_MANY_OF_ADDRESS("too many connections of this address"),
  ERROR("an error on the connection"),
  STOPPING("the server is stopping");

  private final String text;

  CloseReason(String text) {
    this.text = text;
  }

  /** For logs and viewers. */
  public String text() {
    return text;
  }

  /** Lower case with underscores. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
