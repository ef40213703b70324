package io.roadcast.media.video;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.h264.H264Depacketizer;
import io.roadcast.media.h265.H265Depacketizer;
import io.roadcast.media.nal.AccessUnit;
import io.roadcast.media.nal.NalDepacketizer;
import io.roadcast.media.rtp.RtpBlock;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes access units of a video track's blocks again. Used by one thread at a time. */
public final class AccessUnitReader {
  private final NalDepacketizer h264 = new H264Depacketizer();
  private final NalDepacketizer h265 = new H265Depacketizer();

  /**
   * @param block of a picture, borrowed for the call
   * @return NAL units without start codes, at least one; the caller's
   * @throws MalformedMediaException if it makes no whole access unit
   * @throws IllegalArgumentException if its codec is neither H.264 nor H.265
   */
  public List<ByteBuffer> read(RtpBlock block) throws MalformedMediaException {
    NalDepacketizer depacketizer =
        switch (block.codec()) {
          case H264 -> h264;
          case H265 -> h265;
          default -> throw new IllegalArgumentException(block.codec() + " has no NAL units");
        };
    AccessUnit unit;
    try {
      for (int i = 0; i < block.packetCount(); i++) {
        depacketizer.accept(
            block.bytes().asSlice(block.payloadOffset(i), block.payloadLength(i)).asByteBuffer());
      }
    } finally {
      unit = depacketizer.take();
    }
    if (unit.damaged() || unit.nalUnits().isEmpty()) {
      throw new MalformedMediaException("a picture that is not whole");
    }
    return unit.nalUnits();
  }
}
