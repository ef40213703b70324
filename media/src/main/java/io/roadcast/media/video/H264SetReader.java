package io.roadcast.media.video;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.h264.H264SliceType;
import io.roadcast.media.h264.H264Sps;
import io.roadcast.media.video.ParameterSets.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@link ParameterSets} must know of H.264. B slices tell that pictures are reordered. */
final class H264SetReader implements ParameterSets.Reader {
  private @Nullable H264Sps sps;
  private Optional<VideoFormat> format = Optional.empty();
  private long malformed;

  @Override
  public Kind kind(ByteBuffer nalUnit) {
    return switch (H264NalType.of(nalUnit)) {
      case SPS -> Kind.SPS;
      case PPS -> Kind.PPS;
      case NON_IDR_SLICE -> Kind.SLICE;
      case ACCESS_UNIT_DELIMITER -> Kind.ACCESS_UNIT_DELIMITER;
      default -> Kind.OTHER;
    };
  }

  @Override
  public List<Kind> needed() {
    return List.of(Kind.SPS, Kind.PPS);
  }

  @Override
  public void sequence(ByteBuffer nalUnit) {
    try {
      sps = H264Sps.parse(nalUnit);
      format = Optional.of(sps.format(false));
    } catch (MalformedMediaException e) {
      malformed++;
    }
  }

  @Override
  public void slice(ByteBuffer nalUnit) {
    H264Sps known = sps;
    if (known == null || known.inDecodingOrder() || format.orElseThrow().reordered()) {
      return;
    }
    try {
      if (H264SliceType.of(nalUnit) == H264SliceType.B) {
        format = Optional.of(known.format(true));
      }
    } catch (MalformedMediaException e) {
      // A slice that cannot be read tells nothing; the decoder will make what it can of it.
    }
  }

  @Override
  public Optional<VideoFormat> format() {
    return format;
  }

  @Override
  public long malformed() {
    return malformed;
  }
}
