package io.roadcast.sfu.router;

import io.roadcast.media.Codec;
import io.roadcast.media.Medium;
import io.roadcast.media.rtp.RtpBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks since the last keyframe, so that a viewer need not wait for the next one. Holds one
 * reference of each. Used in its stream's serial order only.
 */
final class GopCache {
  private final int maxBytes;
  private final int maxBlocks;
  private final List<RtpBlock> blocks = new ArrayList<>();
  private long bytes;
  private boolean complete;

  GopCache(int maxBytes, int maxBlocks) {
    this.maxBytes = maxBytes;
    this.maxBlocks = maxBlocks;
  }

  /** Takes a reference of its own; sound that no viewer takes as it is is not kept. */
  void add(RtpBlock block) {
    Codec codec = block.codec();
    if (codec.medium() == Medium.AUDIO && codec != Codec.PCMA && codec != Codec.PCMU) {
      return;
    }
    if (codec.medium() == Medium.VIDEO && block.keyframe()) {
      clear();
      complete = true;
    }
    if (!complete) {
      return;
    }
    if (bytes + block.payloadBytes() > maxBytes || blocks.size() == maxBlocks) {
      clear();
      return;
    }
    blocks.add(block.retain());
    bytes += block.payloadBytes();
  }

  /** The blocks from the keyframe on with one reference each for the caller; empty if too long. */
  List<RtpBlock> share() {
    List<RtpBlock> shared = new ArrayList<>(blocks.size());
    for (RtpBlock block : blocks) {
      shared.add(block.retain());
    }
    return shared;
  }

  void clear() {
    for (RtpBlock block : blocks) {
      block.release();
    }
    blocks.clear();
    bytes = 0;
    complete = false;
  }
}
