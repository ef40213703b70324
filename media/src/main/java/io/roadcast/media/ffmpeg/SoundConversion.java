package io.roadcast.media.ffmpeg;

import java.nio.ByteBuffer;

/** Turns one source's coded sound into another coding. Used by one thread at a time. */
public sealed interface SoundConversion extends AutoCloseable
    permits SoundTranscoder, TalkTranscoder {
  /** Takes what becomes of the sound. */
  interface Output {
    /**
     * A coded block.
     *
     * @param timeMicros of its beginning, on the timeline of the frames' stamps
     * @param payload the receiver's
     */
    void block(long timeMicros, byte[] payload);

    /** Something of the source could not be decoded. */
    void damaged();
  }

  /**
   * Takes a frame as the source sent it.
   *
   * @param frame borrowed
   * @param stampMicros what the source says of its beginning
   */
  void accept(ByteBuffer frame, long stampMicros);

  @Override
  void close();
}
