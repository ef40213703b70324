package io.roadcast.bench.sound;

import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.ffmpeg.SoundEncoder;
import io.roadcast.media.ffmpeg.SoundEncoders;
import java.util.ArrayList;
import java.util.List;

/**
 * Some seconds of two tones as a camera codes them.
 *
 * @param frameMicros length of each frame
 */
public record CodedSound(List<byte[]> frames, long frameMicros) {
  private static final int BLOCK_MILLIS = 40;

  /** Made anew each time. */
  public static CodedSound of(SoundCoding coding, int seconds) {
    List<byte[]> frames = new ArrayList<>();
    try (SoundEncoder encoder = SoundEncoders.of(coding, BLOCK_MILLIS)) {
      int rate = encoder.sampleRate();
      short[] block = new short[encoder.blockSamples()];
      for (long at = 0; at < (long) seconds * rate; at += block.length) {
        for (int i = 0; i < block.length; i++) {
          double second = (double) (at + i) / rate;
          double tones = Math.sin(2 * Math.PI * 440 * second) + Math.sin(2 * Math.PI * 97 * second);
          block[i] = (short) (6000 * tones);
        }
        encoder.encode(block).forEach(coded -> frames.add(coded.bytes()));
      }
      return new CodedSound(frames, 1_000_000L * block.length / rate);
    }
  }
}
