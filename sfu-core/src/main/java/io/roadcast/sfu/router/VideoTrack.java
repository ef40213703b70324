package io.roadcast.sfu.router;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.nal.NalPacketizer;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import io.roadcast.media.video.ParameterSets;
import io.roadcast.media.video.VideoPayloads;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pictures of one publication on their way into blocks. Used by the thread that feeds it. */
final class VideoTrack {
  private final Codec codec;
  private final RtpBlockWriter writer;
  private final ParameterSets parameterSets;
  private final NalPacketizer packetizer;
  private boolean awaitingKeyframe = true;

  /**
   * @param codec H264 or H265
   */
  VideoTrack(Codec codec, RtpBlockPool pool) {
    this.codec = codec;
    this.writer = new RtpBlockWriter(pool);
    this.parameterSets = new ParameterSets(codec);
    this.packetizer = VideoPayloads.packetizer(codec);
  }

  Codec codec() {
    return codec;
  }

  /** Known once a block was made. */
  @Nullable VideoFormat format() {
    return parameterSets.format().orElse(null);
  }

  /**
   * @return the picture's block with its one reference, or null while no keyframe with parameter
   *     sets came
   */
  @Nullable RtpBlock packetize(VideoFrame frame, long timeMicros) throws MalformedMediaException {
    List<ByteBuffer> nalUnits = parameterSets.complete(frame);
    boolean decodable = parameterSets.known() && format() != null;
    if (!decodable || (awaitingKeyframe && !frame.keyframe())) {
      return null;
    }
    try {
      packetizer.write(nalUnits, writer);
    } catch (MalformedMediaException e) {
      awaitingKeyframe = true;
      throw e;
    }
    if (writer.isEmpty()) {
      return null;
    }
    awaitingKeyframe = false;
    return writer.finish(codec, frame.keyframe(), timeMicros, frame.receivedNanos());
  }
}
