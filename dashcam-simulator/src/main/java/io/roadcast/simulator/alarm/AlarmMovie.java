package io.roadcast.simulator.alarm;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.FragmentMuxer;
import io.roadcast.media.h264.H264NalType;
import io.roadcast.media.nal.AnnexB;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Video as MP4, which terminals of T/GDRTA 002-2020 bring in place of raw H.264. */
final class AlarmMovie {
  private static final int MOST_UNITS = 64;

  private AlarmMovie() {}

  /**
   * @param pictures the first one a keyframe with its parameter sets
   */
  static byte[] of(List<EncodedPicture> pictures, int width, int height, int rate) {
    FragmentMuxer.Video track =
        new FragmentMuxer.Video(
            Codec.H264, width, height, parameterSets(pictures.getFirst().annexB()));
    long duration = FragmentMuxer.VIDEO_TIMESCALE / rate;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (FragmentMuxer muxer = new FragmentMuxer(track, null)) {
      out.writeBytes(muxer.header());
      for (int i = 0; i < pictures.size(); i++) {
        EncodedPicture picture = pictures.get(i);
        ByteBuffer bytes = ByteBuffer.wrap(picture.annexB());
        muxer.video(bytes, picture.keyframe(), i * duration, duration);
      }
      out.writeBytes(muxer.fragment());
    }
    return out.toByteArray();
  }

  private static byte[] parameterSets(byte[] keyframe) {
    List<ByteBuffer> sets;
    try {
      sets =
          AnnexB.split(ByteBuffer.wrap(keyframe), MOST_UNITS).stream()
              .filter(unit -> isSet(H264NalType.of(unit)))
              .toList();
    } catch (MalformedMediaException impossible) {
      throw new IllegalStateException("our own encoder's pictures", impossible);
    }
    ByteBuffer joined = AnnexB.join(sets);
    byte[] bytes = new byte[joined.remaining()];
    joined.get(bytes);
    return bytes;
  }

  private static boolean isSet(H264NalType type) {
    return type == H264NalType.SPS || type == H264NalType.PPS;
  }
}
