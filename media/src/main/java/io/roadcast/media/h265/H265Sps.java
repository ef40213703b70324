package io.roadcast.media.h265;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.VideoFormat;
import io.roadcast.media.nal.RbspReader;
import java.nio.ByteBuffer;

/**
 * What a sequence parameter set (ITU-T H.265, 7.3.2.2.1) says about the pictures.
 *
 * @param profile general_profile_idc
 * @param highTier general_tier_flag
 * @param level general_level_idc, 30 times the level
 * @param id sps_seq_parameter_set_id, 0 to 15
 * @param chromaFormat chroma_format_idc: 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4
 * @param bitDepth of luma samples
 * @param width luma samples inside the conformance window
 * @param height luma samples inside the conformance window
 * @param reorderedPictures sps_max_num_reorder_pics of the highest sub-layer
 */
public record H265Sps(
    int profile,
    boolean highTier,
    int level,
    int id,
    int chromaFormat,
    int bitDepth,
    int width,
    int height,
    int reorderedPictures) {

  /** No level allows a side of more than sqrt(8 * 35 651 584) luma samples. */
  private static final int MAX_SIDE = 16_888;

  /**
   * @param nalUnit a NAL unit of type 33 with its header; not changed, not kept
   * @throws MalformedMediaException if it ends too early or a value is out of its range
   */
  public static H265Sps parse(ByteBuffer nalUnit) throws MalformedMediaException {
    RbspReader bits = new RbspReader(nalUnit, H265NalType.HEADER_BYTES);
    bits.skip(4); // sps_video_parameter_set_id
    int subLayers = bits.bits(3);
    if (subLayers > 6) {
      throw new MalformedMediaException("sps_max_sub_layers_minus1 is 7");
    }
    bits.flag(); // sps_temporal_id_nesting_flag
    bits.skip(2); // general_profile_space
    boolean highTier = bits.flag();
    int profile = bits.bits(5);
    bits.skip(32 + 48); // compatibility and constraint flags
    int level = bits.bits(8);
    skipSubLayers(bits, subLayers);
    int id = bits.unsignedExpGolomb(15, "sps_seq_parameter_set_id");
    int chroma = bits.unsignedExpGolomb(3, "chroma_format_idc");
    boolean separatePlanes = chroma == 3 && bits.flag();
    int width = bits.unsignedExpGolomb(MAX_SIDE, "pic_width_in_luma_samples");
    int height = bits.unsignedExpGolomb(MAX_SIDE, "pic_height_in_luma_samples");
    if (bits.flag()) {
      boolean halved = chroma == 1 && !separatePlanes;
      width -= window(bits, width, halved || chroma == 2 ? 2 : 1);
      height -= window(bits, height, halved ? 2 : 1);
    }
    if (width <= 0 || height <= 0) {
      throw new MalformedMediaException("a picture without samples");
    }
    int bitDepth = 8 + bits.unsignedExpGolomb(8, "bit_depth_luma_minus8");
    bits.unsignedExpGolomb(8, "bit_depth_chroma_minus8");
    bits.unsignedExpGolomb(12, "log2_max_pic_order_cnt_lsb_minus4");
    int reordered = reorderedPictures(bits, subLayers);
    return new H265Sps(profile, highTier, level, id, chroma, bitDepth, width, height, reordered);
  }

  /** The rest of profile_tier_level (7.3.3): what the sub-layers have of their own. */
  private static void skipSubLayers(RbspReader bits, int subLayers) throws MalformedMediaException {
    int profiles = 0;
    int levels = 0;
    for (int i = 0; i < subLayers; i++) {
      profiles += bits.bits(1);
      levels += bits.bits(1);
    }
    if (subLayers > 0) {
      bits.skip(2 * (8 - subLayers)); // reserved_zero_2bits
    }
    bits.skip(88 * profiles + 8 * levels);
  }

  private static int window(RbspReader bits, int size, int unit) throws MalformedMediaException {
    long samples = ((long) bits.unsignedExpGolomb() + bits.unsignedExpGolomb()) * unit;
    if (samples >= size) {
      throw new MalformedMediaException("a conformance window without samples");
    }
    return (int) samples;
  }

  private static int reorderedPictures(RbspReader bits, int subLayers)
      throws MalformedMediaException {
    int layers = bits.flag() ? subLayers + 1 : 1;
    int reordered = 0;
    for (int i = 0; i < layers; i++) {
      bits.unsignedExpGolomb(); // sps_max_dec_pic_buffering_minus1
      reordered = bits.unsignedExpGolomb(16, "sps_max_num_reorder_pics");
      bits.unsignedExpGolomb(); // sps_max_latency_increase_plus1
    }
    return reordered;
  }

  /** The profile's name in annex A. */
  public String profileName() {
    return switch (profile) {
      case 1 -> "Main";
      case 2 -> "Main 10";
      case 3 -> "Main Still Picture";
      case 4 -> "Range Extensions";
      default -> "profile " + profile;
    };
  }

  /** The level as the standard writes it, such as "3.1". */
  public String levelName() {
    return level / 30 + "." + level % 30 / 3;
  }

  /** The format of a track with this set. */
  public VideoFormat format() {
    return new VideoFormat(
        Codec.H265,
        profileName(),
        profile + "-" + level,
        levelName(),
        width,
        height,
        reorderedPictures > 0);
  }
}
