package io.roadcast.sfu.router;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.h264.H264Packetizer;
import io.roadcast.media.h264.H264Parameters;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of one publication on their way into blocks. Used by the thread that feeds it. */
final class VideoTrack {
  private final Codec codec;
  private final RtpBlockWriter writer;
  private final H264Parameters parameters = new H264Parameters();
  private final H264Packetizer packetizer = new H264Packetizer();
  private boolean awaitingKeyframe = true;

  VideoTrack(Codec codec, RtpBlockPool pool) {
    this.codec = codec;
    this.writer = new RtpBlockWriter(pool);
  }

  Codec codec() {
    return codec;
  }

  /** Known once a block was made. */
  @Nullable VideoFormat format() {
    return parameters.format();
  }

  /**
   * @return the picture's block with its one reference, or null while no keyframe with parameter
   *     sets came
   */
  @Nullable RtpBlock packetize(VideoFrame frame, long timeMicros) throws MalformedMediaException {
    try {
      List<ByteBuffer> nalUnits = parameters.complete(frame);
      if (parameters.format() == null || (awaitingKeyframe && !frame.keyframe())) {
        return null;
      }
      packetizer.write(nalUnits, writer);
      if (writer.isEmpty()) {
        return null;
      }
      awaitingKeyframe = false;
      return writer.finish(codec, frame.keyframe(), timeMicros, frame.receivedNanos());
    } catch (MalformedMediaException e) {
      writer.clear();
      awaitingKeyframe = true;
      throw e;
    }
  }
}
