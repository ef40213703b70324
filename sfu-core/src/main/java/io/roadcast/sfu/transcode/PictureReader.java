package io.roadcast.sfu.transcode;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.h264.H264Depacketizer;
import io.roadcast.media.h265.H265Depacketizer;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.RtpBlock;
import java.nio.ByteBuffer;

/** Makes access units of a stream's blocks again. Used by one thread at a time. */
final class PictureReader {
  private final H264Depacketizer h264 = new H264Depacketizer();
  private final H265Depacketizer h265 = new H265Depacketizer();

  /**
   * @param block of a picture, borrowed for the call
   * @return NAL units with start codes; the caller's
   * @throws MalformedMediaException if it makes no whole access unit
   */
  ByteBuffer read(RtpBlock block) throws MalformedMediaException {
    boolean older = block.codec() == Codec.H264;
    for (int i = 0; i < block.packetCount(); i++) {
      ByteBuffer payload =
          block.bytes().asSlice(block.payloadOffset(i), block.payloadLength(i)).asByteBuffer();
      if (older) {
        h264.accept(payload);
      } else {
        h265.accept(payload);
      }
    }
    AccessUnit unit = older ? h264.take() : h265.take();
    if (unit.damaged() || unit.nalUnits().isEmpty()) {
      throw new MalformedMediaException("a picture that is not whole");
    }
    return AnnexB.join(unit.nalUnits());
  }
}
