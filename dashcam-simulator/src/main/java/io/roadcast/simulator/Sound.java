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
 * @param blockMillis length of a block, e.g. 20, 25, 40 or 100; AAC, MP3 and AMR have their own
 * @param stated the codec that the terminal says it is, as some say a wrong one; null for the right
 *     one
 */
public record Sound(
    @Nullable SoundCoding coding, Framing framing, int blockMillis, @Nullable Codec stated) {
  private static final String HISILICON_SUFFIX = "-hisi";
  private static final String RAW_SUFFIX = "-raw";
  private static final String STATED = "-as-";
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
    if (coding != null && coding.codec() == Codec.OPUS) {
      throw new IllegalArgumentException("no simulated sound in " + coding.codec());
    }
  }

  /** Stated as what it is. */
  public Sound(@Nullable SoundCoding coding, Framing framing, int blockMillis) {
    this(coding, framing, blockMillis, null);
  }

  /**
   * @param codec null for none
   */
  public Sound(@Nullable Codec codec, int blockMillis) {
    this(codec == null ? null : SoundCoding.of(codec), Framing.PLAIN, blockMillis);
  }

  /**
   * Reads what a command line says: {@code none}, or a coding as {@link SoundCoding#parse} reads
   * it, with {@code -hisi} or {@code -raw} behind it for its framing, and with {@code -as-pcma} or
   * another codec behind that for what it is said to be.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wanted
   */
  public static Sound parse(String text, int blockMillis) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    if (name.equals("none")) {
      return new Sound(null, Framing.PLAIN, blockMillis);
    }
    int as = name.indexOf(STATED);
    if (as >= 0) {
      Codec stated = SoundCoding.parse(name.substring(as + STATED.length())).codec();
      return parse(name.substring(0, as), blockMillis).statedAs(stated);
    }
    Framing framing =
        name.endsWith(HISILICON_SUFFIX)
            ? Framing.HISILICON
            : name.endsWith(RAW_SUFFIX) ? Framing.RAW : Framing.PLAIN;
    String coding =
        switch (framing) {
          case HISILICON -> name.substring(0, name.length() - HISILICON_SUFFIX.length());
          case RAW -> name.substring(0, name.length() - RAW_SUFFIX.length());
          case PLAIN -> name;
        };
    return new Sound(SoundCoding.parse(coding), framing, blockMillis);
  }

  private Sound statedAs(Codec other) {
    return new Sound(coding, framing, blockMillis, other);
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
      case PLAIN ->
          coding != null && coding.codec() == Codec.AAC ? SoundFraming.ADTS : SoundFraming.NONE;
      case HISILICON -> SoundFraming.HISILICON;
      case RAW -> SoundFraming.NONE;
    };
  }

  /** What the terminal says that it is; null for none. */
  public @Nullable Codec codec() {
    return coding == null || stated != null ? stated : coding.codec();
  }
}
