package io.roadcast.media.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A block's payloads as buffers of their own. */
public final class Payloads {
  private Payloads() {}

  public static List<ByteBuffer> of(RtpBlock block) {
    List<ByteBuffer> payloads = new ArrayList<>();
    for (int packet = 0; packet < block.packetCount(); packet++) {
      ByteBuffer payload = ByteBuffer.allocate(block.payloadLength(packet));
      payload.put(
          block
              .bytes()
              .asSlice(block.payloadOffset(packet), block.payloadLength(packet))
              .asByteBuffer());
      payloads.add(payload.flip());
    }
    return payloads;
  }
}
