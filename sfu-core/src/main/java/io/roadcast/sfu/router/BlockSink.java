package io.roadcast.sfu.router;

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

  /** The publisher went away; the stream waits for it to come back. */
  void interrupted();

  /** A publisher feeds the stream again; its first picture will be a keyframe. */
  void resumed();

  /** Last call: the stream is over. */
  void ended(String reason);
}
