package io.roadcast.sfu.router;

import io.roadcast.media.Codec;

/**
 * Makes further codings of a stream's sound, each once for all who take it. All methods may be
 * called on any thread and return at once.
 */
public interface Renditions {
  /** Nothing is made. */
  Renditions NONE =
      new Renditions() {
        @Override
        public boolean converts(Codec sound) {
          return false;
        }

        @Override
        public Lease take(Stream stream, Codec sound) {
          return () -> {};
        }
      };

  /** Whether sound of this codec can be made into what viewers take, and there is room to. */
  boolean converts(Codec sound);

  /**
   * Sees to it that a stream's sound comes in this codec until the lease is closed, whatever its
   * source sends now or later. Where the source's own codec is this one, there is nothing to do.
   *
   * @param sound PCMA, PCMU or OPUS
   */
  Lease take(Stream stream, Codec sound);

  /** Somebody takes a rendition. */
  interface Lease extends AutoCloseable {
    /** It is no longer taken. */
    @Override
    void close();
  }
}
