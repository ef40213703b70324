package io.roadcast.signaling.http;

import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How viewings are and were: what players tell of those of now, and the latest of those that are
 * over, in memory. Any thread.
 */
public final class ViewingRecords implements ViewerNotices {
  /** Viewings that are over and still known, of all streams together. */
  public static final int MAX_ENDED = 2_000;

  /** One of those that are over; numbers rise and are not used again. */
  record Numbered(long number, StreamId stream, EndedViewing viewing) {}

  /** What a player told, and the delay that this means. */
  record Told(PlayerFigures figures, @Nullable Long glassToGlassMs) {}

  private final ConcurrentHashMap<UUID, Told> told = new ConcurrentHashMap<>();
  private final Deque<Numbered> ended = new ArrayDeque<>();
  private final ViewingHistograms histograms = new ViewingHistograms();
  private final GlassToGlass delays;
  private final InstantSource clock;
  private long nextNumber = 1;

  public ViewingRecords(Router router, InstantSource clock) {
    this.delays = new GlassToGlass(router);
    this.clock = clock;
  }

  /** Of all viewings that are over. */
  public ViewingHistograms histograms() {
    return histograms;
  }

  /**
   * A player tells how its viewing is.
   *
   * @throws ApiException MESSAGE_INVALID for figures that can not be
   */
  public void put(ViewerGateway.Watching viewing, PlayerFigures figures) {
    if (!figures.plausible()) {
      throw new ApiException(ErrorCode.MESSAGE_INVALID, "Figures are numbers from 0 to 1e9.");
    }
    ViewerView viewer = viewing.view();
    Long delay = delays.millis(viewing.stream(), viewer, figures);
    told.put(viewer.id(), new Told(figures, delay));
    histograms.delayed(viewer, delay);
  }

  /** What the viewer's player told last; null if it told nothing. */
  @Nullable Told of(UUID viewer) {
    return told.get(viewer);
  }

  /** The viewing is over. */
  public void forget(UUID viewer) {
    told.remove(viewer);
  }

  @Override
  public void notice(UUID viewer, Notice notice, @Nullable String detail) {}

  @Override
  public void ended(StreamId stream, ViewerView viewer, String end) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Told last = told.get(viewer.id());
    EndedViewing viewing =
        new EndedViewing(
            viewer,
            now,
            end,
            last == null ? null : last.figures,
            last == null ? null : last.glassToGlassMs);
    histograms.add(viewing);
    synchronized (ended) {
      ended.addFirst(new Numbered(nextNumber++, stream, viewing));
      if (ended.size() > MAX_ENDED) {
        ended.removeLast();
      }
    }
  }

  @Override
  public void gone(UUID viewer) {
    forget(viewer);
  }

  /**
   * Viewings of a stream that are over, the latest first.
   *
   * @param before only those that ended before the one of this number
   */
  List<Numbered> ended(StreamId stream, long before, int limit) {
    List<Numbered> found = new ArrayList<>();
    synchronized (ended) {
      Iterator<Numbered> each = ended.iterator();
      while (each.hasNext() && found.size() < limit) {
        Numbered one = each.next();
        if (one.number < before && one.stream.equals(stream)) {
          found.add(one);
        }
      }
    }
    return found;
  }
}
