package io.roadcast.sfu.udp;

import io.roadcast.sfu.router.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which stream's pictures a viewer is shown: those of the one it asked for, or the sub-stream's. It
 * goes from one to the other at a keyframe. It may ask for another one, such as for what was
 * recorded; then it begins there as if it joined. Its times go on through all of that: everything
 * is on the timeline of the stream that it came for. The worker's thread only.
 */
final class ShownStream {
  /** A keyframe that is older than this would show what has passed. */
  private static final long MAX_KEYFRAME_AGE_MICROS = 600_000;

  /** After a refusal the sub-stream is not asked for again within so many seconds. */
  private static final int PAUSE_SECONDS = 30;

  private final Viewer viewer;
  private final MediaWorker worker;
  private WorkerStream asked;
  private final @Nullable VideoSender video;
  private final QualityChoice choice = new QualityChoice();
  private @Nullable WorkerStream smaller;
  private WorkerStream shown;
  private boolean requested;
  private int pause;

  ShownStream(Viewer viewer, MediaWorker worker, WorkerStream asked, @Nullable VideoSender video) {
    this.viewer = viewer;
    this.worker = worker;
    this.asked = asked;
    this.video = video;
    this.shown = asked;
  }

  WorkerStream asked() {
    return asked;
  }

  WorkerStream shown() {
    return shown;
  }

  /** What to add to times of the stream that is asked for, in microseconds. */
  long askedAheadMicros(long nowNanos) {
    return aheadMicros(asked, nowNanos);
  }

  /** Asks for another stream; true if its pictures are here already, so that it can begin. */
  boolean ask(Stream stream, long nowNanos) {
    if (requested) {
      giveBack();
    }
    choice.giveUp();
    asked.remove(viewer);
    asked = worker.stream(stream);
    shown = asked;
    if (video != null) {
      video.turnTo(asked.window(), ticks(aheadMicros(asked, nowNanos)));
    }
    return asked.add(viewer);
  }

  StreamWindow window() {
    return shown.window();
  }

  boolean isSmaller() {
    return shown != asked;
  }

  /**
   * Looks once a second whether the other stream would fit better; asks for the sub-stream, or
   * gives it back.
   */
  void everySecond(long path, long needed) {
    if (asked.stream().isPrivate()) {
      return;
    }
    choice.second(path, needed);
    pause = Math.max(0, pause - 1);
    if (choice.prefersSmaller() && !requested && pause == 0 && video != null) {
      requested = true;
      viewer.events().smallerWanted();
    } else if (!choice.prefersSmaller() && requested && !isSmaller()) {
      giveBack();
    }
  }

  /** The sub-stream is live: its pictures come here from now on, and are shown from a keyframe. */
  void offer(Stream stream) {
    if (requested && smaller == null) {
      WorkerStream offered = worker.stream(stream);
      smaller = offered;
      offered.add(viewer);
    }
  }

  /** The sub-stream can not be had, or can not be shown. */
  void refused() {
    choice.giveUp();
    requested = false;
    pause = PAUSE_SECONDS;
  }

  /** A stream is over; true if it was the sub-stream, so that the viewer goes on without it. */
  boolean ended(WorkerStream stream) {
    if (stream != smaller) {
      return false;
    }
    if (isSmaller() && video != null) {
      video.abandon(asked.window());
    }
    shown = asked;
    giveBack();
    choice.giveUp();
    pause = PAUSE_SECONDS;
    return true;
  }

  /** The viewer is over. */
  void leave() {
    if (smaller != null) {
      smaller.remove(viewer);
      smaller = null;
    }
  }

  /**
   * Goes over to the stream that is wanted, if it has a keyframe of just now. A half sent picture
   * of the main stream is given up for the sub-stream: on a slow path a keyframe is under way for
   * as long as that of the sub-stream is young, each time.
   *
   * @return whether it did
   */
  boolean moveOn(long nowNanos) {
    WorkerStream wanted = choice.prefersSmaller() && smaller != null ? smaller : asked;
    StreamWindow window = wanted.window();
    if (video == null
        || wanted == shown
        || (wanted == asked && !video.isBetweenPictures())
        || !window.hasKeyframe()
        || window.keyframeAgeMicros() > MAX_KEYFRAME_AGE_MICROS) {
      return false;
    }
    video.moveTo(window, shown.window(), ticks(aheadMicros(wanted, nowNanos)));
    shown = wanted;
    return true;
  }

  private long aheadMicros(WorkerStream of, long nowNanos) {
    Stream first = viewer.plan().stream();
    return of.stream() == first
        ? 0
        : first.timeMicrosAt(nowNanos) - of.stream().timeMicrosAt(nowNanos);
  }

  static long ticks(long micros) {
    return Math.floorDiv(micros * 90, 1000L);
  }

  private void giveBack() {
    requested = false;
    leave();
    viewer.events().smallerUnwanted();
  }
}
