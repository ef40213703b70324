package io.roadcast.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Captures;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdpcmDecoderTest {
  private static final int HISILICON_BYTES = 4;
  private static final int BLOCK_SAMPLES = 320;

  private final Heard heard = new Heard();

  @Test
  void decodesWhatACameraSent() {
    AdpcmDecoder decoder = new AdpcmDecoder(0);
    int blocks = 0;
    for (Captures.CapturedFrame frame : Captures.frames("h264_adpcm_hisi_1s_sim6.bin")) {
      if (frame.audio()) {
        ByteBuffer body = ByteBuffer.wrap(frame.body());
        decoder.decode(body.position(HISILICON_BYTES), frame.timeMillis() * 1000, heard);
        blocks++;
      }
    }
    assertThat(blocks).isEqualTo(28);
    assertThat(heard.samples).hasSize(28 * BLOCK_SAMPLES);
    assertThat(decoder.continued()).as("states that are the next block's").isEqualTo(27);
    assertThat(heard.damaged).isZero();
    assertThat(heard.meanStep()).as("from sample to sample").isLessThan(heard.meanLoudness());
  }

  @Test
  void findsOutTheOrderOfBytesAndNibbles() {
    AdpcmEncoder encoder = new AdpcmEncoder();
    AdpcmDecoder decoder = new AdpcmDecoder(8000);
    for (int block = 0; block < 20; block++) {
      byte[] coded = encoder.encode(Tones.sine(440, 8000, block * BLOCK_SAMPLES, BLOCK_SAMPLES));
      byte low = coded[0];
      coded[0] = coded[1];
      coded[1] = low;
      for (int i = 4; i < coded.length; i++) {
        coded[i] = (byte) ((coded[i] & 0xf) << 4 | (coded[i] & 0xff) >> 4);
      }
      if (block == 10) {
        heard.samples.clear();
      }
      decoder.decode(ByteBuffer.wrap(coded), block * 40_000L, heard);
    }
    assertThat(Tones.strength(heard.array(), 8000, 440))
        .isGreaterThan(20 * Tones.strength(heard.array(), 8000, 1000));
  }

  @Test
  void leavesOutWhatIsNoBlock() {
    AdpcmDecoder decoder = new AdpcmDecoder(8000);
    decoder.decode(ByteBuffer.wrap(new byte[3]), 0, heard);
    decoder.decode(ByteBuffer.wrap(new byte[] {0, 0, 89, 0, 1}), 0, heard);
    assertThat(heard.damaged).isEqualTo(2);
    assertThat(heard.samples).isEmpty();
  }

  /** Keeps all samples. */
  static final class Heard implements SoundDecoder.Output {
    private final List<Short> samples = new ArrayList<>();
    private int damaged;

    @Override
    public void samples(short[] decoded, int sampleRate) {
      for (short sample : decoded) {
        samples.add(sample);
      }
    }

    @Override
    public void damaged() {
      damaged++;
    }

    short[] array() {
      short[] array = new short[samples.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = samples.get(i);
      }
      return array;
    }

    double meanLoudness() {
      return samples.stream().mapToInt(sample -> Math.abs(sample)).average().orElse(0);
    }

    double meanStep() {
      double sum = 0;
      for (int i = 1; i < samples.size(); i++) {
        sum += Math.abs(samples.get(i) - samples.get(i - 1));
      }
      return sum / samples.size();
    }
  }
}
