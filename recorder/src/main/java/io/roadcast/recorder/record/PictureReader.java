package io.roadcast.recorder.record;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.h265.H265NalType;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.video.AccessUnitReader;
import io.roadcast.media.video.ParameterSets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Makes access units of a video track's blocks again. One thread at a time. */
final class PictureReader {
  private final Codec codec;
  private final AccessUnitReader reader = new AccessUnitReader();
  private final ParameterSets sets;

  /**
   * An access unit with start codes.
   *
   * @param parameterSets of a keyframe, with start codes; empty for other pictures
   */
  record Picture(ByteBuffer annexB, ByteBuffer parameterSets) {}

  /**
   * @param codec H264 or H265
   */
  PictureReader(Codec codec) {
    this.codec = codec;
    this.sets = new ParameterSets(codec);
  }

  Codec codec() {
    return codec;
  }

  /** Of the latest keyframe. */
  Optional<VideoFormat> format() {
    return sets.format();
  }

  /**
   * @param block of a picture, borrowed for the call
   * @throws MalformedMediaException if it makes no whole access unit
   */
  Picture read(RtpBlock block) throws MalformedMediaException {
    List<ByteBuffer> units = reader.read(block);
    if (!block.keyframe()) {
      return new Picture(AnnexB.join(units), ByteBuffer.allocate(0));
    }
    sets.complete(new VideoFrame(codec, units, true, block.timeMicros(), block.receivedNanos()));
    return new Picture(
        AnnexB.join(units), AnnexB.join(units.stream().filter(this::isParameterSet).toList()));
  }

  private boolean isParameterSet(ByteBuffer unit) {
    if (codec == Codec.H264) {
      return switch (H264NalType.of(unit)) {
        case SPS, PPS -> true;
        default -> false;
      };
    }
    return switch (H265NalType.of(unit)) {
      case VPS, SPS, PPS -> true;
      default -> false;
    };
  }
}
