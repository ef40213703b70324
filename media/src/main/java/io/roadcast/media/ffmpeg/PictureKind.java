package io.roadcast.media.ffmpeg;

/** What the caller wants of the next encoded picture. */
public enum PictureKind {
  /** A picture that may refer to the one before. */
  PREDICTED,
  /** A picture that decoding can start with. */
  KEYFRAME
}
