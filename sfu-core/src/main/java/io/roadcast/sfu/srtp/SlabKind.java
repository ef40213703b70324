package io.roadcast.sfu.srtp;

/** Where an engine wants the packets it protects to lie. */
public enum SlabKind {
  /** A segment over a {@code byte[]}. */
  HEAP,
  /** A segment outside the heap. */
  NATIVE
}
