package io.roadcast.sfu.transcode;

import java.io.IOException;

/** What a child does of one stream; what it can not decode it counts and leaves out. */
interface ChildJob extends AutoCloseable {
  /** Where what is made goes, and what is to be counted. */
  interface Output {
    /**
     * @param media 8 bytes of time in microseconds and what was made
     */
    void made(byte[] media) throws IOException;

    void damaged();

    /** A frame was left out to catch up. */
    void skipped();
  }

  /**
   * Works on a frame.
   *
   * @param media 8 bytes of time in microseconds and the frame
   * @param waitedNanos how long it has waited for its turn
   * @throws IOException if what was made cannot be handed on
   */
  void accept(byte[] media, long waitedNanos) throws IOException;

  @Override
  void close();
}
