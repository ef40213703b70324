package io.roadcast.media.h264;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.nal.RbspReader;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * What a sequence parameter set (ITU-T H.264, 7.3.2.1.1 and E.1.1) says about the pictures.
 *
 * @param profile profile_idc
 * @param constraints the byte of constraint_set flags, set0 in its highest bit
 * @param level level_idc
 * @param id seq_parameter_set_id, 0 to 31
 * @param chromaFormat chroma_format_idc: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
 * @param bitDepth of luma samples
 * @param pictureOrderType pic_order_cnt_type; 2 means that pictures are shown in decoding order
 * @param width luma samples after cropping
 * @param height luma samples after cropping
 * @param interlaced frame_mbs_only_flag is 0: fields or macroblock pairs may occur
 * @param fullRange samples use 0 to 255 (video_full_range_flag)
 * @param reorderedFrames max_num_reorder_frames, or -1 where the set does not tell
 */
public record H264Sps(
    int profile,
    int constraints,
    int level,
    int id,
    int chromaFormat,
    int bitDepth,
    int pictureOrderType,
    int width,
    int height,
    boolean interlaced,
    boolean fullRange,
    int reorderedFrames) {

  /**
   * @param nalUnit a NAL unit of type 7 with its header; not changed, not kept
   * @throws MalformedMediaException if it ends too early or a value is out of its range
   */
  public static H264Sps parse(ByteBuffer nalUnit) throws MalformedMediaException {
    return H264SpsParser.parse(new RbspReader(nalUnit, 1));
  }

  /** Whether the set itself rules out that pictures are shown in another order than decoded. */
  public boolean inDecodingOrder() {
    return pictureOrderType == 2 || reorderedFrames == 0;
  }

  /** The profile's name in annex A. */
  public String profileName() {
    boolean set1 = (constraints & 0x40) != 0;
    boolean set3 = (constraints & 0x10) != 0;
    return switch (profile) {
      case 66 -> set1 ? "Constrained Baseline" : "Baseline";
      case 77 -> "Main";
      case 88 -> "Extended";
      case 100 -> "High";
      case 110 -> set3 ? "High 10 Intra" : "High 10";
      case 122 -> set3 ? "High 4:2:2 Intra" : "High 4:2:2";
      case 244 -> set3 ? "High 4:4:4 Intra" : "High 4:4:4 Predictive";
      case 44 -> "CAVLC 4:4:4 Intra";
      default -> "profile " + profile;
    };
  }

  /** The level as the standard writes it, such as "3.1", or "1b". */
  public String levelName() {
    boolean set3 = (constraints & 0x10) != 0;
    boolean oneB = level == 9 || (level == 11 && set3 && profile <= 88);
    return oneB ? "1b" : level / 10 + "." + level % 10;
  }

  /**
   * The format of a track with this set.
   *
   * @param reordered whether pictures were seen that need others shown later (B slices)
   */
  public VideoFormat format(boolean reordered) {
    String profileLevelId = String.format(Locale.ROOT, "%02x%02x%02x", profile, constraints, level);
    return new VideoFormat(
        Codec.H264, profileName(), profileLevelId, levelName(), width, height, reordered);
  }
}
