package io.roadcast.media.audio;

import io.roadcast.media.Codec;
import java.util.Locale;

/**
 * What is known of how a source codes its sound. Written such as {@code g726-24-le}, {@code
 * aac-16000}, {@code pcmu}; what is left out is found out from what comes.
 *
 * @param sampleRate per second, 0 if it is to be found out
 * @param bits G.726: bits per sample, 2 to 5; 0 if it is to be found out
 * @param packing G.726: where in a byte the first sample stands
 */
public record SoundCoding(Codec codec, int sampleRate, int bits, Packing packing) {
  /** Where in a byte the first of the samples stands that share it. */
  public enum Packing {
    FOUND_OUT,
    /** In the low bits, as terminals do; FFmpeg calls it g726le, RFC 3551 means it by G726. */
    LOW_FIRST,
    /** In the high bits: ITU-T I.366.2 annex E, AAL2-G726. */
    HIGH_FIRST
  }

  private static final int KILOBITS_PER_BIT = 8;
  private static final int USUAL_BITS = 3;
  private static final int LOWEST_RATE = 8000;
  private static final int HIGHEST_RATE = 48_000;

  public SoundCoding {
    boolean bitsFit = bits == 0 || (codec == Codec.G726 && bits >= 2 && bits <= 5);
    boolean rateFits = sampleRate == 0 || (sampleRate >= LOWEST_RATE && sampleRate <= HIGHEST_RATE);
    if (!bitsFit || !rateFits || (packing != Packing.FOUND_OUT && codec != Codec.G726)) {
      throw new IllegalArgumentException(codec + " has no such rate or packing");
    }
  }

  /** Nothing but the codec is known. */
  public static SoundCoding of(Codec codec) {
    return new SoundCoding(codec, 0, 0, Packing.FOUND_OUT);
  }

  /** G.726: bits per sample; 3, as terminals usually have, where it is not known. */
  public int bitsOrUsual() {
    return bits == 0 ? USUAL_BITS : bits;
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wanted
   */
  public static SoundCoding parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split("-", -1);
    Codec codec =
        switch (parts[0]) {
          case "pcma" -> Codec.PCMA;
          case "pcmu" -> Codec.PCMU;
          case "g726" -> Codec.G726;
          case "adpcm" -> Codec.ADPCM;
          case "aac" -> Codec.AAC;
          case "mp3" -> Codec.MP3;
          case "amr" -> Codec.AMR;
          default ->
              throw new IllegalArgumentException(
                  "sound is pcma, pcmu, g726, adpcm, aac, mp3 or amr, not " + parts[0]);
        };
    int rate = 0;
    int bits = 0;
    Packing packing = Packing.FOUND_OUT;
    for (int i = 1; i < parts.length; i++) {
      switch (parts[i]) {
        case "le" -> packing = Packing.LOW_FIRST;
        case "be" -> packing = Packing.HIGH_FIRST;
        case "16", "24", "32", "40" -> bits = Integer.parseInt(parts[i]) / KILOBITS_PER_BIT;
        default -> rate = rate(parts[i]);
      }
    }
    return new SoundCoding(codec, rate, bits, packing);
  }

  private static int rate(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\": allowed are 16, 24, 32, 40 with le or be for g726, or Hz", e);
    }
  }
}
