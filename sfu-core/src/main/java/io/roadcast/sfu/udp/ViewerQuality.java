package io.roadcast.sfu.udp;

/** What a viewer is sent of what it asked for. */
public enum ViewerQuality {
  /** Every picture. */
  FULL,
  /** Pictures are left out, because the path carries less than the stream. */
  THINNED,
  /** The sub-stream, for the same reason. */
  SUB
}
