package io.roadcast.signaling.http;

import io.roadcast.sfu.router.StreamId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hears what a viewer is to be told. Must not block. */
public interface ViewerNotices {
  /** What became of a viewing or its stream. */
  enum Notice {
    STREAM_INTERRUPTED,
    STREAM_RESUMED,
    STREAM_ENDED,
    /** Its detail is what the viewer is sent now: full, thinned or sub. */
    QUALITY_CHANGED,
    KICKED,
    SERVER_STOPPING;

    /** The name on the wire. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void notice(UUID viewer, Notice notice, @Nullable String detail);

  /**
   * The viewing is over; {@link #gone} follows.
   *
   * @param viewer as it was at its end
   * @param end why, such as left
   */
  default void ended(StreamId stream, ViewerView viewer, String end) {}

  /** The viewing is over; nothing more will be said of it. */
  void gone(UUID viewer);
}
