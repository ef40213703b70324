package io.roadcast.media.audio;

import java.nio.ByteBuffer;

/** G.711 to samples. */
public final class G711Decoder implements SoundDecoder {
  private static final int SAMPLE_RATE = 8000;

  private final G711 law;

  public G711Decoder(G711 law) {
    this.law = law;
  }

  @Override
  public void decode(ByteBuffer frame, long stampMicros, Output out) {
    short[] samples = new short[frame.remaining()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = law.decode(frame.get(frame.position() + i));
    }
    out.samples(samples, SAMPLE_RATE);
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
