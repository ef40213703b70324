package io.roadcast.media.ffmpeg;

import java.util.List;

/** Samples of one channel to coded frames. Used by one thread at a time. */
public interface SoundEncoder extends AutoCloseable {
  /**
   * A coded frame.
   *
   * @param firstSample time of its first sample, counted in samples since the encoder began, the
   *     encoder's delay taken off, so the first ones may lie before 0
   * @param bytes the receiver's
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Coded(long firstSample, byte[] bytes) {}

  /** Samples per second that it takes. */
  int sampleRate();

  /** How many samples each call brings. */
  int blockSamples();

  /**
   * Encodes the next block.
   *
   * @param samples {@link #blockSamples} of them
   * @return what is ready: nothing while the encoder waits
   */
  List<Coded> encode(short[] samples);

  @Override
  void close();
}
