package io.roadcast.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Captures;
import io.roadcast.media.Codec;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundDecoder;
import io.roadcast.media.audio.Tones;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound as terminals code it, through the transcoder, as a listener's decoder plays it. */
@Timeout(60)
class SoundTranscoderTest {
  private static final long STREAM_MICROS = 7_000_000;
  private static final int BIT_RATE = 24_000;

  @ParameterizedTest
  @CsvSource({
    "pcma, OPUS",
    "pcmu, PCMA",
    "g726-16, OPUS",
    "g726-24, OPUS",
    "g726-24-be, OPUS",
    "g726-32, OPUS",
    "g726-40, PCMU",
    "adpcm, OPUS",
    "aac-8000, OPUS",
    "aac-16000, OPUS",
    "aac-44100, OPUS",
    "aac-16000, PCMA",
    "mp3-8000, OPUS",
    "mp3-22050, OPUS",
    "amr, OPUS",
    "amr, PCMA",
  })
  void aToneIsHeardWhenItSounded(String source, Codec target) {
    SoundCoding coding = SoundCoding.parse(source);
    Listener listener = new Listener(target);
    try (SoundEncoder encoder = SoundEncoders.of(coding, 40);
        SoundTranscoder transcoder =
            new SoundTranscoder(SoundCoding.of(coding.codec()), target, BIT_RATE, listener)) {
      int rate = encoder.sampleRate();
      for (long at = 0; at < 2L * rate; at += encoder.blockSamples()) {
        for (SoundEncoder.Coded coded :
            encoder.encode(HeardTone.said(at, encoder.blockSamples(), rate))) {
          long millis = coded.firstSample() * 1000 / rate;
          transcoder.accept(ByteBuffer.wrap(coded.bytes()), STREAM_MICROS + millis * 1000);
        }
      }
    }
    listener.heard.assertHeard();
  }

  @Test
  void aPacketOfACameraIsQuietAndSmooth() {
    byte[] packet = Captures.bytes("singles/g726_24k_le_40ms_a.bin");
    ByteBuffer sound = ByteBuffer.wrap(packet, packet.length - 120, 120);
    double right = roughness("g726-24-le", sound);
    double wrong = roughness("g726-24-be", sound);
    assertThat(right).isLessThan(wrong / 4);
    assertThat(right).isLessThan(500);
  }

  private static double roughness(String coding, ByteBuffer sound) {
    double[] sum = {0};
    try (SoundDecoder decoder = SoundDecoders.of(SoundCoding.parse(coding))) {
      decoder.decode(
          sound,
          0,
          new SoundDecoder.Output() {
            @Override
            public void samples(short[] samples, int sampleRate) {
              assertThat(samples).hasSize(320);
              for (int i = 1; i < samples.length; i++) {
                sum[0] += Math.abs(samples[i] - samples[i - 1]) / 320.0;
              }
            }

            @Override
            public void damaged() {
              throw new AssertionError("damaged");
            }
          });
    }
    return sum[0];
  }

  @ParameterizedTest
  @CsvSource({"in_16.g726, 80, LOW_FIRST", "in_24.g726, 120, HIGH_FIRST"})
  void rateAndWhereItShowsPackingOfG726AreFoundOut(
      String file, int bytesPerFrame, SoundCoding.Packing packing) {
    byte[] coded = Captures.bytes("codec_vectors/" + file);
    int[] count = {0};
    SoundDecoder.Output counting =
        new SoundDecoder.Output() {
          @Override
          public void samples(short[] samples, int sampleRate) {
            count[0] += samples.length;
          }

          @Override
          public void damaged() {
            throw new AssertionError("damaged");
          }
        };
    try (G726Decoder decoder = new G726Decoder(SoundCoding.of(Codec.G726))) {
      int frames = 1000;
      for (int i = 0; i < frames; i++) {
        decoder.decode(
            ByteBuffer.wrap(coded, i * bytesPerFrame, bytesPerFrame), i * 40_000L, counting);
      }
      assertThat(decoder.packing()).isEqualTo(packing);
      assertThat(count[0]).isBetween(320 * (frames - 10), 320 * frames);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"g726-16-le", "g726-16-be", "g726-32-le", "g726-32-be"})
  void thePackingThatIsConfiguredIsTaken(String coding) {
    SoundCoding packed = SoundCoding.parse(coding);
    boolean high = packed.packing() == SoundCoding.Packing.HIGH_FIRST;
    SoundCoding other = SoundCoding.parse(coding.replaceAll("..$", high ? "le" : "be"));
    assertThat(errorOf(packed, packed)).isLessThan(errorOf(packed, other) / 3);
  }

  /** Mean square of what is wrong with a tone that is decoded so. */
  private static double errorOf(SoundCoding coded, SoundCoding decoded) {
    short[] tone = Tones.sine(HeardTone.HERTZ, 8000, 0, 8000);
    double[] sum = {0};
    int[] at = {0};
    SoundDecoder.Output comparing =
        new SoundDecoder.Output() {
          @Override
          public void samples(short[] samples, int sampleRate) {
            for (short sample : samples) {
              sum[0] += Math.pow(sample - tone[at[0]++], 2);
            }
          }

          @Override
          public void damaged() {
            throw new AssertionError("damaged");
          }
        };
    try (SoundEncoder encoder = SoundEncoders.of(coded, 40);
        SoundDecoder decoder = SoundDecoders.of(decoded)) {
      for (int from = 0; from < tone.length; from += encoder.blockSamples()) {
        short[] block = Arrays.copyOfRange(tone, from, from + encoder.blockSamples());
        for (SoundEncoder.Coded made : encoder.encode(block)) {
          decoder.decode(ByteBuffer.wrap(made.bytes()), 0, comparing);
        }
      }
    }
    return sum[0] / at[0];
  }

  @ParameterizedTest
  @CsvSource({"G726", "ADPCM", "AAC", "MP3", "AMR"})
  void garbageIsCountedAndEndsNothing(Codec codec) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    Listener listener = new Listener(Codec.OPUS);
    try (SoundTranscoder transcoder =
        new SoundTranscoder(SoundCoding.of(codec), Codec.OPUS, BIT_RATE, listener)) {
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(1, 600)];
        random.nextBytes(garbage);
        transcoder.accept(ByteBuffer.wrap(garbage), i * 40_000L);
      }
    }
  }

  /** Decodes as a browser does, and puts each block where its time says. */
  private static final class Listener implements SoundConversion.Output {
    private static final int OPUS_RATE = 48_000;
    private final SoundDecoder decoder;
    private final HeardTone heard;

    Listener(Codec codec) {
      boolean opus = codec == Codec.OPUS;
      heard = new HeardTone(opus ? OPUS_RATE : 8_000, STREAM_MICROS);
      decoder =
          opus
              ? new FfmpegSoundDecoder("libopus", OPUS_RATE, 0, new byte[0])
              : SoundDecoders.of(SoundCoding.of(codec));
    }

    @Override
    public void block(long timeMicros, byte[] payload) {
      decoder.decode(ByteBuffer.wrap(payload), timeMicros, heard.block(timeMicros));
    }

    @Override
    public void damaged() {
      heard.damage();
    }
  }
}
