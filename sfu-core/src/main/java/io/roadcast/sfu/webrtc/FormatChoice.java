package io.roadcast.sfu.webrtc;

import io.roadcast.media.AudioFormat;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFormat;
import java.util.List;
import java.util.Optional;

/** Picks the offered payload type under which a track is sent. */
final class FormatChoice {
  private static final int VIDEO_CLOCK = 90_000;

  /** Without the parameter a browser means Baseline level 1 (RFC 6184 8.1). */
  private static final String DEFAULT_PROFILE_LEVEL_ID = "42000a";

  private FormatChoice() {}

  /** Empty if no offered format can carry this video. */
  static Optional<RtpFormat> video(List<RtpFormat> offered, VideoFormat video) {
    return switch (video.codec()) {
      case H264 ->
          video.reordered()
              ? Optional.empty()
              : h264(offered, H264Profile.of(video.profileLevelId()));
      case H265 -> h265(offered, video.profileLevelId());
      default -> Optional.empty();
    };
  }

  /** Empty if no offered format can carry this sound. */
  static Optional<RtpFormat> audio(List<RtpFormat> offered, AudioFormat audio) {
    // Opus is always written with two channels, whatever it carries (RFC 7587 section 7).
    return switch (audio.codec()) {
      case PCMA, PCMU -> named(offered, audio, 1);
      case OPUS -> named(offered, audio, 2);
      default -> Optional.empty();
    };
  }

  private static Optional<RtpFormat> named(
      List<RtpFormat> offered, AudioFormat audio, int channels) {
    Codec codec = audio.codec();
    return offered.stream()
        .filter(format -> format.is(codec.name(), codec.clockRate()))
        .filter(format -> format.channels() == channels)
        .findFirst();
  }

  /**
   * The same profile, else Main, else Constrained Baseline, else any: decoders take High under each
   * of these names. The level never refuses. Only packetization mode 1 allows the fragments we
   * send.
   */
  private static Optional<RtpFormat> h264(List<RtpFormat> offered, H264Profile wanted) {
    List<RtpFormat> usable =
        offered.stream()
            .filter(format -> format.is("H264", VIDEO_CLOCK))
            .filter(format -> format.parameter("packetization-mode").orElse("0").equals("1"))
            .toList();
    return withProfile(usable, wanted)
        .or(() -> withProfile(usable, H264Profile.MAIN))
        .or(() -> withProfile(usable, H264Profile.CONSTRAINED_BASELINE))
        .or(() -> usable.stream().findFirst());
  }

  private static Optional<RtpFormat> withProfile(List<RtpFormat> formats, H264Profile profile) {
    return formats.stream()
        .filter(
            format ->
                H264Profile.of(
                        format.parameter("profile-level-id").orElse(DEFAULT_PROFILE_LEVEL_ID))
                    == profile)
        .findFirst();
  }

  /**
   * The same profile id (1 without the parameter, RFC 7798 7.1), else any, in single-stream mode.
   */
  private static Optional<RtpFormat> h265(List<RtpFormat> offered, String profileAndLevel) {
    int dash = profileAndLevel.indexOf('-');
    String profile = dash < 0 ? profileAndLevel : profileAndLevel.substring(0, dash);
    List<RtpFormat> usable =
        offered.stream()
            .filter(format -> format.is("H265", VIDEO_CLOCK))
            .filter(format -> format.parameter("tx-mode").orElse("srst").equals("srst"))
            .toList();
    return usable.stream()
        .filter(format -> format.parameter("profile-id").orElse("1").equals(profile))
        .findFirst()
        .or(() -> usable.stream().findFirst());
  }
}
