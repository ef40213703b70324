package io.roadcast.media.ffmpeg;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.AdpcmDecoder;
import io.roadcast.media.audio.FrameHeader;
import io.roadcast.media.audio.G711;
import io.roadcast.media.audio.G711Decoder;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundDecoder;

/** The decoders of the codings that terminals use. */
public final class SoundDecoders {
  private static final int USUAL_RATE = 8000;
  private static final int OPUS_RATE = 48_000;

  private SoundDecoders() {}

  /** Whether a terminal's sound of this codec can be decoded. */
  public static boolean decodes(Codec codec) {
    return switch (codec) {
      case PCMA, PCMU, G726, ADPCM, AAC, MP3, AMR -> true;
      case OPUS, OTHER_AUDIO, H264, H265, OTHER_VIDEO -> false;
    };
  }

  /**
   * A decoder of this coding; what is not known of it, it finds out.
   *
   * @throws IllegalArgumentException if there is none
   * @throws FfmpegException if FFmpeg lacks it
   */
  public static SoundDecoder of(SoundCoding coding) {
    return switch (coding.codec()) {
      case PCMA -> new G711Decoder(G711.A_LAW);
      case PCMU -> new G711Decoder(G711.MU_LAW);
      case ADPCM -> new AdpcmDecoder(coding.sampleRate());
      case G726 -> new G726Decoder(coding);
      case AAC -> new AacDecoder(coding);
      case MP3 -> new FramedSoundDecoder(FrameHeader.MP3, frames("mp3float"));
      case AMR -> new FramedSoundDecoder(FrameHeader.AMR, frames("amrnb"));
      case OPUS, OTHER_AUDIO, H264, H265, OTHER_VIDEO ->
          throw new IllegalArgumentException("no decoder for sound in " + coding.codec());
    };
  }

  /**
   * A decoder of what a browser says.
   *
   * @param codec OPUS, PCMA or PCMU
   * @throws IllegalArgumentException if it is another
   * @throws FfmpegException if FFmpeg lacks it
   */
  static SoundDecoder ofTalker(Codec codec) {
    return switch (codec) {
      case OPUS -> new FfmpegSoundDecoder("libopus", OPUS_RATE, 0, new byte[0]);
      case PCMA -> new G711Decoder(G711.A_LAW);
      case PCMU -> new G711Decoder(G711.MU_LAW);
      case G726, ADPCM, AAC, MP3, AMR, OTHER_AUDIO, H264, H265, OTHER_VIDEO ->
          throw new IllegalArgumentException("no browser says anything in " + codec);
    };
  }

  private static SoundDecoder frames(String name) {
    return new FfmpegSoundDecoder(name, name.equals("amrnb") ? USUAL_RATE : 0, 0, new byte[0]);
  }
}
