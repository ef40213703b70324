package io.roadcast.sfu.router;

import io.roadcast.media.Codec;
import io.roadcast.media.rtp.RtpBlock;
import java.util.List;

/**
 * Somebody that a stream's blocks go to: a media worker on behalf of its viewers, or a consumer in
 * this process. Calls for one stream come in one serial order, but on changing threads; they must
 * not block.
 */
public interface BlockSink {
  /**
   * First call: the cached group of pictures from its keyframe on, with the sound between, oldest
   * first; empty when none is at hand. The sink owns one reference of each block.
   */
  void begin(List<RtpBlock> groupOfPictures);

  /** The next block. The sink owns one reference. */
  void accept(RtpBlock block);

  /** Whether it wants the source's sound while that has this codec; else it gets the pictures. */
  default boolean takesSound(Codec codec) {
    return codec == Codec.PCMA || codec == Codec.PCMU;
  }

  /** Whether it wants sound that was brought into this codec for those who need it. */
  default boolean takesRendition(Codec codec) {
    return false;
  }

  /** The publisher went away; the stream waits for it to come back. */
  void interrupted();

  /** A publisher feeds the stream again; its first picture will be a keyframe. */
  void resumed();

  /** Last call: the stream is over. */
  void ended(String reason);
}
