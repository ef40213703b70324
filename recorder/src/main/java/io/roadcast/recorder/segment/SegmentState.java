package io.roadcast.recorder.segment;

import java.util.Locale;

/** What has become of a segment; the names are part of the API. */
public enum SegmentState {
  /** It is being written. */
  RECORDING,
  COMPLETE,
  /** Its file is gone, though nobody deleted it. */
  LOST,
  /** It was decided that it goes; its file may still be there. */
  DELETING,
  /** A tombstone. */
  DELETED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static SegmentState ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
