package io.roadcast.simulator;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundFraming;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sound beside a drawn picture.
 *
 * @param coding null for none
 * @param framing what stands around the coded sound
 * @param blockMillis length of a block, e.g. 20, 25, 40 or 100; AAC and MP3 have their own
 */
public record Sound(@Nullable SoundCoding coding, Framing framing, int blockMillis) {
  private static final String HISILICON_SUFFIX = "-hisi";
  private static final String RAW_SUFFIX = "-raw";
  private static final int USUAL_MILLIS = 40;

  /** What stands around the coded sound. */
  public enum Framing {
    /** Nothing, but an ADTS header around AAC. */
    PLAIN,
    /** Hisilicon's header of four bytes. */
    HISILICON,
    /** Nothing at all. */
    RAW
  }

  public Sound {
    if (blockMillis < 1 || blockMillis > 100) {
      throw new IllegalArgumentException("sound in blocks of " + blockMillis + " ms");
    }
    if (coding != null && (coding.codec() == Codec.AMR || coding.codec() == Codec.OPUS)) {
      throw new IllegalArgumentException("no simulated sound in " + coding.codec());
    }
  }

  /**
   * @param codec null for none
   */
  public Sound(@Nullable Codec codec, int blockMillis) {
    this(codec == null ? null : SoundCoding.of(codec), Framing.PLAIN, blockMillis);
  }

  /**
   * Reads what a command line says: {@code none}, or a coding as {@link SoundCoding#parse} reads
   * it, with {@code -hisi} or {@code -raw} behind it for its framing.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wanted
   */
  static Sound parse(String text, int blockMillis) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.equals("none")) {
      return new Sound(null, Framing.PLAIN, blockMillis);
    }
    if (name.endsWith(HISILICON_SUFFIX)) {
      String coding = name.substring(0, name.length() - HISILICON_SUFFIX.length());
      return new Sound(SoundCoding.parse(coding), Framing.HISILICON, blockMillis);
    }
    if (name.endsWith(RAW_SUFFIX)) {
      String coding = name.substring(0, name.length() - RAW_SUFFIX.length());
      return new Sound(SoundCoding.parse(coding), Framing.RAW, blockMillis);
    }
    return new Sound(SoundCoding.parse(name), Framing.PLAIN, blockMillis);
  }

  /** A-law in blocks of 40 ms. */
  public static Sound standard() {
    return new Sound(Codec.PCMA, USUAL_MILLIS);
  }

  public static Sound none() {
    return new Sound(null, Framing.PLAIN, USUAL_MILLIS);
  }

  /** The header of each block. */
  SoundFraming header() {
    return switch (framing) {
      case PLAIN -> codec() == Codec.AAC ? SoundFraming.ADTS : SoundFraming.NONE;
      case HISILICON -> SoundFraming.HISILICON;
      case RAW -> SoundFraming.NONE;
    };
  }

  /** Null for none. */
  public @Nullable Codec codec() {
    return coding == null ? null : coding.codec();
  }
}
