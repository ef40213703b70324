package io.roadcast.sfu.udp;

import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtpBlock;

/**
 * Kinds of frames whose delays have little in common: a keyframe is many packets, sound is one or
 * two.
 */
public enum FrameKind {
  KEYFRAME,
  PICTURE,
  SOUND;

  static FrameKind of(RtpBlock block) {
    if (block.codec().medium() != Medium.VIDEO) {
      return SOUND;
    }
    return block.keyframe() ? KEYFRAME : PICTURE;
  }
}
