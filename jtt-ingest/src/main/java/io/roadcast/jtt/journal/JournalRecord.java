package io.roadcast.jtt.journal;

import java.time.Instant;

/**
 * Something to be kept.
 *
 * @param kind what the payload is, 0 to 255; the journal does not look into it
 * @param terminal digits without leading zeros; ASCII, at most 255
 * @param receivedAt kept to the microsecond
 * @param payload not copied; nobody may change it afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked for
public record JournalRecord(int kind, String terminal, Instant receivedAt, byte[] payload) {
  private static final int MAX_TERMINAL = 255;

  /** Of payload and terminal together. */
  public static final int MAX_BYTES = 512 * 1024;

  public JournalRecord {
    if (kind < 0 || kind > 0xff || terminal.length() > MAX_TERMINAL) {
      throw new IllegalArgumentException("kind and length of the terminal are bytes");
    }
    if (payload.length + terminal.length() > MAX_BYTES) {
      throw new IllegalArgumentException("a record of " + payload.length + " bytes is too long");
    }
  }
}
