package io.roadcast.sfu.webrtc;

/**
 * The profile behind a {@code profile-level-id}, for the question whether two of them are one (RFC
 * 6184 table 5).
 */
enum H264Profile {
  CONSTRAINED_BASELINE,
  BASELINE,
  MAIN,
  EXTENDED,
  CONSTRAINED_HIGH,
  HIGH,
  HIGH_444,
  OTHER;

  private static final int CONSTRAINT_0 = 0x80;
  private static final int CONSTRAINT_1 = 0x40;
  private static final int CONSTRAINTS_4_AND_5 = 0x0c;

  /**
   * The profile of six hex digits; {@link #OTHER} if they are none or name a profile not listed
   * here.
   */
  static H264Profile of(String profileLevelId) {
    if (!profileLevelId.matches("[0-9a-fA-F]{6}")) {
      return OTHER;
    }
    int bits = Integer.parseInt(profileLevelId, 16);
    int constraints = bits >> 8 & 0xff;
    return switch (bits >> 16) {
      case 66 -> (constraints & CONSTRAINT_1) != 0 ? CONSTRAINED_BASELINE : BASELINE;
      case 77 -> (constraints & CONSTRAINT_0) != 0 ? CONSTRAINED_BASELINE : MAIN;
      case 88 -> EXTENDED;
      case 100 ->
          (constraints & CONSTRAINTS_4_AND_5) == CONSTRAINTS_4_AND_5 ? CONSTRAINED_HIGH : HIGH;
      case 244 -> HIGH_444;
      default -> OTHER;
    };
  }
}
