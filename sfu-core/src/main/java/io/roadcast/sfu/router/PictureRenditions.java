package io.roadcast.sfu.router;

import io.roadcast.media.VideoFormat;
import java.util.Optional;

/**
 * Makes further codings of streams' pictures, each once for all who watch it. All methods may be
 * called on any thread and return at once.
 */
public interface PictureRenditions {
  /** Nothing is made. */
  PictureRenditions NONE =
      new PictureRenditions() {
        @Override
        public boolean knows(String profile) {
          return false;
        }

        @Override
        public Optional<VideoFormat> format(Stream stream, String profile) {
          return Optional.empty();
        }

        @Override
        public Optional<Lease> take(Stream stream, String profile) {
          return Optional.empty();
        }
      };

  /** The profile of pictures as they are, only in H.264 as every browser shows it. */
  String PLAIN = "";

  /** Whether there is a profile of this name, beside {@link #PLAIN}. */
  boolean knows(String profile);

  /**
   * What a stream's pictures would become; empty if nothing can be made of them, or nothing better
   * than they are.
   */
  Optional<VideoFormat> format(Stream stream, String profile);

  /**
   * Sees to it that a stream's pictures come in this profile until the lease is closed.
   *
   * @return empty if as many are made as may be
   */
  Optional<Lease> take(Stream stream, String profile);

  /** Somebody watches a rendition. */
  interface Lease extends AutoCloseable {
    /** What is to be watched instead. */
    Stream stream();

    /** It is no longer watched. */
    @Override
    void close();
  }
}
