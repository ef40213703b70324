package io.roadcast.signaling.ws;

import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamState;
import io.roadcast.signaling.http.StreamView;
import java.util.HashMap;
import java.util.Map;

/** The figures of each stream that clients were told last. */
final class ToldFigures {
  private static final double NOTICEABLE = 0.2;

  private record Figures(int viewers, long videoBitRate, long audioBitRate) {
    static Figures of(StreamView view) {
      StreamView.Video video = view.video();
      StreamView.Audio audio = view.audio();
      return new Figures(
          view.viewers(), video == null ? 0 : video.bitRate(), audio == null ? 0 : audio.bitRate());
    }

    boolean differsNoticeably(Figures other) {
      return viewers != other.viewers
          || differs(videoBitRate, other.videoBitRate)
          || differs(audioBitRate, other.audioBitRate);
    }

    private static boolean differs(long one, long other) {
      return Math.abs(one - other) > NOTICEABLE * Math.max(one, other);
    }
  }

  private final Map<StreamId, Figures> told = new HashMap<>();

  /** All clients are told these figures. */
  void remember(Stream stream, StreamView view) {
    if (stream.state() != StreamState.ENDED) {
      told.put(stream.id(), Figures.of(view));
    }
  }

  /** One client is told these figures; what the others were told before still counts. */
  void rememberFirst(Stream stream, StreamView view) {
    told.putIfAbsent(stream.id(), Figures.of(view));
  }

  void forget(Stream stream) {
    told.remove(stream.id());
  }

  /** Whether they are noticeably other than told; of a stream never told of they are not. */
  boolean differsNoticeably(Stream stream, StreamView now) {
    Figures before = told.get(stream.id());
    return before != null && before.differsNoticeably(Figures.of(now));
  }
}
