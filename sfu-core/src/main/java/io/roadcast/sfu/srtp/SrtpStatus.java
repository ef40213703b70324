package io.roadcast.sfu.srtp;

/** What became of a protected packet that came in. */
public enum SrtpStatus {
  /** Authentic, new, and decrypted. */
  OK,
  /** Too short or with lengths that do not fit; no key was tried. */
  MALFORMED,
  /** The tag is wrong. */
  AUTHENTICATION_FAILED,
  /** Seen before, or too old to tell. */
  REPLAYED,
  /** Authentic, but from more SSRCs than one peer may use. */
  TOO_MANY_SOURCES
}
