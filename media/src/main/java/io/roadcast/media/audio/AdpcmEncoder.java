package io.roadcast.media.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Encodes IMA ADPCM as cameras send it in JT/T 1078 (payload type 26): low byte first in the
 * header, the earlier sample in the high bits. One thread at a time.
 */
public final class AdpcmEncoder {
  private static final int HEADER_BYTES = 4;

  private final ImaAdpcm state = new ImaAdpcm();

  /**
   * Makes one block.
   *
   * @param samples an even number
   */
  public byte[] encode(short[] samples) {
    ByteBuffer block =
        ByteBuffer.allocate(HEADER_BYTES + samples.length / 2).order(ByteOrder.LITTLE_ENDIAN);
    block.putShort((short) state.predictor()).put((byte) state.index()).put((byte) 0);
    for (int i = 0; i < samples.length; i += 2) {
      int first = state.encode(samples[i]);
      block.put((byte) (first << 4 | state.encode(samples[i + 1])));
    }
    return block.array();
  }
}
