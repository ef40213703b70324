package io.roadcast.sfu.transport;

/** Whether runs of equal packets may leave as one message that the system segments. */
public enum SegmentationOffload {
  /** Where the system can. */
  AUTO,
  OFF
}
