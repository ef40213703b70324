package io.roadcast.sfu.transcode;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.video.AccessUnitReader;
import java.nio.ByteBuffer;

/** Makes byte streams of a stream's blocks. Used by one thread at a time. */
final class PictureReader {
  private final AccessUnitReader units = new AccessUnitReader();

  /**
   * @param block of a picture, borrowed for the call
   * @return NAL units with start codes; the caller's
   * @throws MalformedMediaException if it makes no whole access unit
   */
  ByteBuffer read(RtpBlock block) throws MalformedMediaException {
    return AnnexB.join(units.read(block));
  }
}
