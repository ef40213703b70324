package io.roadcast.media.audio;

import java.nio.ByteBuffer;

/** Turns one track's coded sound into samples. Used by one thread at a time. */
public interface SoundDecoder extends AutoCloseable {
  /** Takes what was decoded. */
  interface Output {
    /**
     * Samples in order of time.
     *
     * @param samples signed 16-bit, mono; the receiver owns them
     * @param sampleRate samples per second
     */
    void samples(short[] samples, int sampleRate);

    /** Something could not be decoded and was left out. */
    void damaged();
  }

  /**
   * Decodes a frame as its source sent it. What is incomplete may be kept for the next one.
   *
   * @param frame borrowed, not changed
   * @param stampMicros what the source says of the frame's beginning
   */
  void decode(ByteBuffer frame, long stampMicros, Output out);

  @Override
  void close();
}
