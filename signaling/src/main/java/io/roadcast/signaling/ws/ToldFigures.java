package io.roadcast.signaling.ws;

import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
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

  void remember(Stream stream, StreamView view) {
    if (view.state().equals("ended")) {
      return;
    }
    told.put(stream.id(), Figures.of(view));
  }

  void forget(Stream stream) {
    told.remove(stream.id());
  }

  /** Of a stream not told of yet, the figures are taken down: the hello or its start told them. */
  boolean differsNoticeably(Stream stream, StreamView now) {
    Figures before = told.putIfAbsent(stream.id(), Figures.of(now));
    return before != null && before.differsNoticeably(Figures.of(now));
  }
}
