package io.roadcast.jtt.attachment;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.video.ParameterSets;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a stream of H.264 with start codes into MP4, as it is. Such a stream holds no times: 25
 * pictures a second are assumed, in the order of decoding.
 */
final class RawVideo {
  private static final int TICKS = 90_000 / 25;
  private static final int MOST_UNITS = 200_000;

  private RawVideo() {}

  /**
   * @throws MalformedMediaException if no picture can be decoded
   */
  static byte[] toMp4(byte[] annexB) throws MalformedMediaException {
    List<List<ByteBuffer>> pictures = pictures(AnnexB.split(ByteBuffer.wrap(annexB), MOST_UNITS));
    int first = 0;
    while (first < pictures.size() && !H264NalType.isKeyframe(pictures.get(first))) {
      first++;
    }
    if (first == pictures.size()) {
      throw new MalformedMediaException("no keyframe");
    }
    ParameterSets sets = new ParameterSets(Codec.H264);
    List<ByteBuffer> key =
        sets.complete(new VideoFrame(Codec.H264, pictures.get(first), true, 0, 0));
    VideoFormat format =
        sets.format().orElseThrow(() -> new MalformedMediaException("no parameter sets"));
    ByteBuffer joined = AnnexB.join(key.stream().filter(RawVideo::isSet).toList());
    byte[] parameters = new byte[joined.remaining()];
    joined.get(parameters);
    return mux(
        pictures.subList(first, pictures.size()),
        new FragmentMuxer.Video(Codec.H264, format.width(), format.height(), parameters));
  }

  private static byte[] mux(List<List<ByteBuffer>> pictures, FragmentMuxer.Video video) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FragmentMuxer muxer = new FragmentMuxer(video, null)) {
      out.writeBytes(muxer.header());
      long ticks = 0;
      for (List<ByteBuffer> picture : pictures) {
        boolean key = H264NalType.isKeyframe(picture);
        if (key) {
          out.writeBytes(muxer.fragment());
        }
        muxer.video(AnnexB.join(picture), key, ticks, TICKS);
        ticks += TICKS;
      }
      out.writeBytes(muxer.fragment());
    }
    return out.toByteArray();
  }

  /** NAL units by picture (ITU-T H.264 section 7.4.1.2.3). */
  private static List<List<ByteBuffer>> pictures(List<ByteBuffer> units) {
    List<List<ByteBuffer>> pictures = new ArrayList<>();
    List<ByteBuffer> present = new ArrayList<>();
    boolean hasSlice = false;
    for (ByteBuffer unit : units) {
      H264NalType type = H264NalType.of(unit);
      boolean begins =
          switch (type) {
            case ACCESS_UNIT_DELIMITER, SPS, PPS, SEI -> true;
            case NON_IDR_SLICE, IDR_SLICE, PARTITION -> isFirstSlice(unit);
            default -> false;
          };
      if (begins && hasSlice) {
        pictures.add(present);
        present = new ArrayList<>();
        hasSlice = false;
      }
      present.add(unit);
      hasSlice |= type.isPicture();
    }
    if (hasSlice) {
      pictures.add(present);
    }
    return pictures;
  }

  /** first_mb_in_slice is 0, written as a single one bit. */
  private static boolean isFirstSlice(ByteBuffer unit) {
    return unit.remaining() > 1 && (unit.get(unit.position() + 1) & 0x80) != 0;
  }

  private static boolean isSet(ByteBuffer unit) {
    H264NalType type = H264NalType.of(unit);
    return type == H264NalType.SPS || type == H264NalType.PPS;
  }
}
