package io.roadcast.media.h264;

import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.nal.RbspReader;

/** Reads seq_parameter_set_data (ITU-T H.264, 7.3.2.1.1) in the order of its fields. */
final class H264SpsParser {
  private static final int EXTENDED_SAR = 255;

  /** No level allows more than 139 264 macroblocks, or sqrt(8 * that) in one direction. */
  private static final int MAX_MACROBLOCKS = 1055;

  private static final int MAX_MACROBLOCKS_OF_PICTURE = 139_264;

  private final RbspReader bits;
  private int chromaFormat = 1;
  private int bitDepth = 8;
  private boolean separatePlanes;
  private boolean fullRange;
  private int reorderedFrames = -1;

  private H264SpsParser(RbspReader bits) {
    this.bits = bits;
  }

  static H264Sps parse(RbspReader bits) throws MalformedMediaException {
    return new H264SpsParser(bits).parse();
  }

  private H264Sps parse() throws MalformedMediaException {
    int profile = bits.bits(8);
    int constraints = bits.bits(8);
    int level = bits.bits(8);
    int id = bits.unsignedExpGolomb(31, "seq_parameter_set_id");
    if (hasChromaFormat(profile)) {
      chroma();
    }
    bits.unsignedExpGolomb(12, "log2_max_frame_num_minus4");
    int pictureOrderType = pictureOrder();
    bits.unsignedExpGolomb(16, "max_num_ref_frames");
    bits.flag(); // gaps_in_frame_num_value_allowed_flag
    int widthMbs = 1 + bits.unsignedExpGolomb(MAX_MACROBLOCKS - 1, "pic_width_in_mbs_minus1");
    int mapUnits = 1 + bits.unsignedExpGolomb(MAX_MACROBLOCKS - 1, "pic_height_in_map_units");
    boolean frameMbsOnly = bits.flag();
    int heightMbs = frameMbsOnly ? mapUnits : 2 * mapUnits;
    if (widthMbs * heightMbs > MAX_MACROBLOCKS_OF_PICTURE) {
      throw new MalformedMediaException("a picture of " + widthMbs * heightMbs + " macroblocks");
    }
    if (!frameMbsOnly) {
      bits.flag(); // mb_adaptive_frame_field_flag
    }
    bits.flag(); // direct_8x8_inference_flag
    int width = widthMbs * 16;
    int height = heightMbs * 16;
    if (bits.flag()) {
      width -= cropped(width, cropUnitX(), "width");
      height -= cropped(height, cropUnitY(frameMbsOnly), "height");
    }
    try {
      if (bits.flag()) {
        readPictureRange();
        readReorderedFrames();
      }
    } catch (MalformedMediaException e) {
      // Cameras cut their usability information short, and decoders play them all the same.
    }
    return new H264Sps(
        profile,
        constraints,
        level,
        id,
        chromaFormat,
        bitDepth,
        pictureOrderType,
        width,
        height,
        !frameMbsOnly,
        fullRange,
        reorderedFrames);
  }

  private static boolean hasChromaFormat(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private void chroma() throws MalformedMediaException {
    chromaFormat = bits.unsignedExpGolomb(3, "chroma_format_idc");
    separatePlanes = chromaFormat == 3 && bits.flag();
    bitDepth = 8 + bits.unsignedExpGolomb(6, "bit_depth_luma_minus8");
    bits.unsignedExpGolomb(6, "bit_depth_chroma_minus8");
    bits.flag(); // qpprime_y_zero_transform_bypass_flag
    if (bits.flag()) {
      int lists = chromaFormat == 3 ? 12 : 8;
      for (int list = 0; list < lists; list++) {
        if (bits.flag()) {
          scalingList(list < 6 ? 16 : 64);
        }
      }
    }
  }

  private void scalingList(int size) throws MalformedMediaException {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && next != 0; i++) {
      next = (last + bits.signedExpGolomb()) & 0xFF;
      last = next == 0 ? last : next;
    }
  }

  private int pictureOrder() throws MalformedMediaException {
    int type = bits.unsignedExpGolomb(2, "pic_order_cnt_type");
    if (type == 0) {
      bits.unsignedExpGolomb(12, "log2_max_pic_order_cnt_lsb_minus4");
    } else if (type == 1) {
      bits.flag(); // delta_pic_order_always_zero_flag
      bits.signedExpGolomb(); // offset_for_non_ref_pic
      bits.signedExpGolomb(); // offset_for_top_to_bottom_field
      int cycle = bits.unsignedExpGolomb(255, "num_ref_frames_in_pic_order_cnt_cycle");
      for (int i = 0; i < cycle; i++) {
        bits.signedExpGolomb();
      }
    }
    return type;
  }

  /** Table 6-1: samples of luma to one of chroma, sideways. */
  private int cropUnitX() {
    return !separatePlanes && (chromaFormat == 1 || chromaFormat == 2) ? 2 : 1;
  }

  private int cropUnitY(boolean frameMbsOnly) {
    int chroma = !separatePlanes && chromaFormat == 1 ? 2 : 1;
    return frameMbsOnly ? chroma : 2 * chroma;
  }

  private int cropped(int size, int unit, String name) throws MalformedMediaException {
    long before = bits.unsignedExpGolomb();
    long after = bits.unsignedExpGolomb();
    long samples = (before + after) * unit;
    if (samples >= size) {
      throw new MalformedMediaException("nothing is left of the " + name + " after cropping");
    }
    return (int) samples;
  }

  /** The first half of vui_parameters (E.1.1), up to chroma_sample_loc_type. */
  private void readPictureRange() throws MalformedMediaException {
    if (bits.flag() && bits.bits(8) == EXTENDED_SAR) {
      bits.skip(32);
    }
    if (bits.flag()) {
      bits.flag(); // overscan_appropriate_flag
    }
    if (bits.flag()) {
      bits.skip(3); // video_format
      fullRange = bits.flag();
      if (bits.flag()) {
        bits.skip(24); // colour_description
      }
    }
    if (bits.flag()) {
      bits.unsignedExpGolomb(5, "chroma_sample_loc_type_top_field");
      bits.unsignedExpGolomb(5, "chroma_sample_loc_type_bottom_field");
    }
  }

  /** The second half of vui_parameters: timing, HRD, bitstream restriction. */
  private void readReorderedFrames() throws MalformedMediaException {
    if (bits.flag()) {
      bits.skip(32 + 32 + 1); // num_units_in_tick, time_scale, fixed_frame_rate_flag
    }
    boolean nalHrd = bits.flag();
    if (nalHrd) {
      hrd();
    }
    boolean vclHrd = bits.flag();
    if (vclHrd) {
      hrd();
    }
    if (nalHrd || vclHrd) {
      bits.flag(); // low_delay_hrd_flag
    }
    bits.flag(); // pic_struct_present_flag
    if (!bits.flag()) {
      return;
    }
    bits.flag(); // motion_vectors_over_pic_boundaries_flag
    bits.unsignedExpGolomb(); // max_bytes_per_pic_denom
    bits.unsignedExpGolomb(); // max_bits_per_mb_denom
    bits.unsignedExpGolomb(); // log2_max_mv_length_horizontal
    bits.unsignedExpGolomb(); // log2_max_mv_length_vertical
    reorderedFrames = bits.unsignedExpGolomb(16, "max_num_reorder_frames");
  }

  private void hrd() throws MalformedMediaException {
    int schedules = 1 + bits.unsignedExpGolomb(31, "cpb_cnt_minus1");
    bits.skip(8); // bit_rate_scale, cpb_size_scale
    for (int i = 0; i < schedules; i++) {
      bits.unsignedExpGolomb(); // bit_rate_value_minus1
      bits.unsignedExpGolomb(); // cpb_size_value_minus1
      bits.flag(); // cbr_flag
    }
    bits.skip(20); // lengths of delays and of time_offset
  }
}
