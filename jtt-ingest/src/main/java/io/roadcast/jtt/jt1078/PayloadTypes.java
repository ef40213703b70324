package io.roadcast.jtt.jt1078;

import io.roadcast.media.Codec;

/** The payload types of JT/T 1078-2016 table 12, and which codec each of them announces. */
public final class PayloadTypes {
  public static final int G726 = 8;
  public static final int G711_A = 6;
  public static final int G711_U = 7;
  public static final int AAC = 19;
  public static final int MP3 = 25;
  public static final int ADPCM = 26;
  public static final int AMR = 28;
  public static final int TRANSPARENT = 91;
  public static final int H264 = 98;
  public static final int H265 = 99;

  private static final int FIRST_AUDIO = 1;
  private static final int LAST_AUDIO = 28;
  private static final int LAST_VIDEO = 101;

  private PayloadTypes() {}

  public static boolean audio(int payloadType) {
    return payloadType >= FIRST_AUDIO && payloadType <= LAST_AUDIO;
  }

  public static boolean video(int payloadType) {
    return payloadType >= H264 && payloadType <= LAST_VIDEO;
  }

  /** Whether a packet of this type may carry this payload type, by the standard. */
  static boolean fits(PacketType type, int payloadType) {
    return switch (type) {
      case I_FRAME, P_FRAME, B_FRAME -> video(payloadType);
      case AUDIO -> audio(payloadType);
      case TRANSPARENT -> true;
    };
  }

  /** The codec of a video packet; {@link Codec#OTHER_VIDEO} where the number names none of ours. */
  public static Codec videoCodec(int payloadType) {
    return switch (payloadType) {
      case H264 -> Codec.H264;
      case H265 -> Codec.H265;
      default -> Codec.OTHER_VIDEO;
    };
  }

  /**
   * The codec of an audio packet; {@link Codec#OTHER_AUDIO} where the number names none of ours.
   */
  public static Codec audioCodec(int payloadType) {
    return switch (payloadType) {
      case G711_A -> Codec.PCMA;
      case G711_U -> Codec.PCMU;
      case G726 -> Codec.G726;
      case 19, 21, 24, 27 -> Codec.AAC;
      case 17, MP3 -> Codec.MP3;
      case 10, 11, 12, 13, ADPCM -> Codec.ADPCM;
      case AMR -> Codec.AMR;
      default -> Codec.OTHER_AUDIO;
    };
  }

  /** The payload type that announces a codec. */
  public static int of(Codec codec) {
    return switch (codec) {
      case H264 -> H264;
      case H265 -> H265;
      case PCMA -> G711_A;
      case PCMU -> G711_U;
      case G726 -> G726;
      case ADPCM -> ADPCM;
      case AAC -> AAC;
      case MP3 -> MP3;
      case AMR -> AMR;
      case OPUS, OTHER_VIDEO, OTHER_AUDIO ->
          throw new IllegalArgumentException("JT/T 1078 has no payload type for " + codec);
    };
  }
}
