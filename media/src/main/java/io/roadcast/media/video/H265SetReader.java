package io.roadcast.media.video;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.h265.H265NalType;
import io.roadcast.media.h265.H265Sps;
import io.roadcast.media.video.ParameterSets.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What {@link ParameterSets} must know of H.265. Here B slices are common without any reordering,
 * and the SPS itself tells how many pictures may be reordered.
 */
final class H265SetReader implements ParameterSets.Reader {
  private Optional<VideoFormat> format = Optional.empty();
  private long malformed;

  @Override
  public Kind kind(ByteBuffer nalUnit) {
    return switch (H265NalType.of(nalUnit)) {
      case VPS -> Kind.VPS;
      case SPS -> Kind.SPS;
      case PPS -> Kind.PPS;
      case ACCESS_UNIT_DELIMITER -> Kind.ACCESS_UNIT_DELIMITER;
      default -> Kind.OTHER;
    };
  }

  @Override
  public List<Kind> needed() {
    return List.of(Kind.VPS, Kind.SPS, Kind.PPS);
  }

  @Override
  public void sequence(ByteBuffer nalUnit) {
    try {
      format = Optional.of(H265Sps.parse(nalUnit).format());
    } catch (MalformedMediaException e) {
      malformed++;
    }
  }

  @Override
  public void slice(ByteBuffer nalUnit) {
    // The SPS has said it all.
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
