package io.roadcast.media;

/** What a track carries. */
public enum Medium {
  VIDEO,
  AUDIO
}
