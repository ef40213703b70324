package io.roadcast.media.h264;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameter sets of one H.264 track: remembers the latest ones, puts them in front of a
 * keyframe that lacks them, and says what format they mean. Used by one thread at a time.
 */
public final class H264Parameters {
  private byte @Nullable [] sps;
  private byte @Nullable [] pps;
  private @Nullable H264Sps parsed;
  private @Nullable VideoFormat format;
  private boolean bSlices;

  /** Null until an SPS and a PPS came. */
  public @Nullable VideoFormat format() {
    return pps == null ? null : format;
  }

  /**
   * The picture's NAL units, a keyframe's with the remembered parameter sets in front if it has
   * none itself.
   *
   * @param frame borrowed for the call; the result shares its bytes
   * @throws MalformedMediaException if a parameter set or slice header cannot be read
   */
  public List<ByteBuffer> complete(VideoFrame frame) throws MalformedMediaException {
    boolean hasSps = false;
    boolean hasPps = false;
    for (ByteBuffer unit : frame.nalUnits()) {
      switch (H264NalType.of(unit)) {
        case SPS -> {
          hasSps = true;
          rememberSps(unit);
        }
        case PPS -> {
          hasPps = true;
          pps = bytes(unit);
        }
        case NON_IDR_SLICE -> noticeBSlice(unit);
        default -> {}
      }
    }
    if (!frame.keyframe() || (hasSps && hasPps) || sps == null || pps == null) {
      return frame.nalUnits();
    }
    List<ByteBuffer> completed = new ArrayList<>(frame.nalUnits().size() + 2);
    if (!hasSps) {
      completed.add(ByteBuffer.wrap(sps));
    }
    if (!hasPps) {
      completed.add(ByteBuffer.wrap(pps));
    }
    completed.addAll(frame.nalUnits());
    return completed;
  }

  private void rememberSps(ByteBuffer unit) throws MalformedMediaException {
    if (sps != null && unit.equals(ByteBuffer.wrap(sps))) {
      return;
    }
    H264Sps read = H264Sps.parse(unit);
    sps = bytes(unit);
    parsed = read;
    bSlices = false;
    format = read.format(false);
  }

  private void noticeBSlice(ByteBuffer slice) throws MalformedMediaException {
    if (bSlices || parsed == null || parsed.inDecodingOrder()) {
      return;
    }
    if (H264SliceType.of(slice) == H264SliceType.B) {
      bSlices = true;
      format = parsed.format(true);
    }
  }

  private static byte[] bytes(ByteBuffer unit) {
    byte[] copy = new byte[unit.remaining()];
    unit.get(unit.position(), copy);
    return copy;
  }
}
