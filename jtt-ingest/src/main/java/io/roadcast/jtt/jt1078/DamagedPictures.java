package io.roadcast.jtt.jt1078;

/** What becomes of complete pictures that refer to one that is missing. */
public enum DamagedPictures {
  /** They are dropped: the picture stands until the next keyframe. */
  FREEZE,
  /** They are passed on: the picture goes on at once, smeared until the next keyframe. */
  SMEAR
}
