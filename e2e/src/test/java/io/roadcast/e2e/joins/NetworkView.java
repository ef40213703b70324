package io.roadcast.e2e.joins;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.bench.viewer.TransportStatistics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one viewer saw through a bad network. Times in ms, the first seconds left out.
 *
 * @param frames that were put together and decoded of those that the camera sent meanwhile, 0 to 1:
 *     what the network and the server have to answer for
 * @param drawn pictures that came to the screen of those that the camera sent, 0 to 1, which needs
 *     a machine that gets to draw each of them too; NaN for a load viewer, which draws nothing
 * @param stall longest time between two pictures
 * @param age median from the camera to the screen
 * @param oldest 95th percentile of it
 * @param back until five pictures in a row were young again after the blackout; NaN without one, or
 *     if they never came
 * @param freezes as the browser counts them
 * @param wrong pictures whose counter could not be read
 * @param quality what the server said last that it sends
 */
record NetworkView(
    double frames,
    double drawn,
    double stall,
    double age,
    double oldest,
    double back,
    int freezes,
    int wrong,
    int nacks,
    int plis,
    String quality) {
  static final String HEADER =
      """
      | network | viewer | frames | drawn | longest stall ms | age ms median/95 % | back after ms | freezes | wrong | NACK | PLI | sent | bounds |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  private static final double YOUNG_MILLIS = 500;
  private static final int IN_A_ROW = 5;

  /**
   * A picture.
   *
   * @param at when it was shown, ms since 1970
   * @param sent when the camera sent it; NaN if that is not known
   */
  record Shown(double at, double sent) {
    double age() {
      return at - sent;
    }
  }

  /**
   * When a view counts, in ms since 1970.
   *
   * @param from what was before is left out
   * @param light when the blackout ended; NaN without one
   */
  record Span(double from, double until, double light) {}

  /**
   * @param told what {@code join.js} brought back
   * @param sub the camera of the sub-stream, told by the height of its pictures
   * @param light when the blackout ended, ms since 1970; NaN without one
   */
  static NetworkView of(
      JsonNode told, FilmCamera main, @Nullable FilmCamera sub, double light, String quality) {
    JsonNode video = told.path("stats").path("video");
    JsonNode before = told.path("settled").path("video");
    Span span = new Span(at(before), at(video), light);
    List<Shown> shown = new ArrayList<>();
    int wrong = 0;
    for (JsonNode picture : told.path("pictures")) {
      double at = picture.path("at").asDouble();
      int counter = picture.path("counter").asInt(-1);
      FilmCamera camera =
          sub != null && picture.path("height").asInt() == sub.height() ? sub : main;
      wrong += counter < 0 ? 1 : 0;
      shown.add(new Shown(at, counter < 0 ? Double.NaN : camera.sentMillis(counter, at)));
    }
    double sent = main.sentBetween(span.from, span.until);
    int decoded = video.path("framesDecoded").asInt() - before.path("framesDecoded").asInt();
    List<Shown> counted = shown.stream().filter(each -> each.at >= span.from).toList();
    return of(counted, span, decoded / sent, counted.size() / sent, quality)
        .told(
            video.path("freezeCount").asInt(),
            wrong,
            video.path("nackCount").asInt(),
            video.path("pliCount").asInt());
  }

  /** What a load viewer saw: a picture counts if it was sent in the span, whenever it came. */
  static NetworkView of(LoadView.Seen seen, FilmCamera main, Span span, String quality) {
    List<Shown> shown =
        seen.films().shown().stream()
            .filter(each -> each.sent >= span.from && each.sent < span.until)
            .toList();
    double frames = shown.size() / (double) main.sentBetween(span.from, span.until);
    TransportStatistics transport = seen.statistics().transport();
    return of(shown, span, frames, Double.NaN, quality)
        .told(0, seen.films().unknown(), (int) transport.nacks(), (int) transport.plis());
  }

  private static NetworkView of(
      List<Shown> shown, Span span, double frames, double drawn, String quality) {
    List<Double> ages =
        shown.stream().map(Shown::age).filter(age -> !age.isNaN()).sorted().toList();
    return new NetworkView(
        frames,
        drawn,
        stall(shown),
        Series.median(ages),
        ages.isEmpty() ? Double.NaN : ages.get((ages.size() - 1) * 95 / 100),
        back(shown, span.light),
        0,
        0,
        0,
        0,
        quality);
  }

  private NetworkView told(int newFreezes, int newWrong, int newNacks, int newPlis) {
    return new NetworkView(
        frames, drawn, stall, age, oldest, back, newFreezes, newWrong, newNacks, newPlis, quality);
  }

  private static double at(JsonNode report) {
    return report.path("timestamp").asDouble();
  }

  boolean holds(NetworkCase.Bound bound) {
    return switch (bound) {
      case SMOOTH -> stall <= 1000 && frames >= 0.95;
      case BACK_SOON -> back <= 2000;
      case NOT_LATE -> oldest <= 1000;
    };
  }

  String row(NetworkCase of, String viewer) {
    StringBuilder bounds = new StringBuilder();
    for (NetworkCase.Bound bound : of.bounds()) {
      bounds.append(bound).append(holds(bound) ? " held " : " BROKEN ");
    }
    return "| %s | %s | %.1f %% | %s | %.0f | %.0f/%.0f | %s | %d | %d | %d | %d | %s | %s|\n"
        .formatted(
            of.name(),
            viewer,
            frames * 100,
            Double.isNaN(drawn) ? "" : "%.1f %%".formatted(drawn * 100),
            stall,
            age,
            oldest,
            Double.isNaN(back) ? "" : "%.0f".formatted(back),
            freezes,
            wrong,
            nacks,
            plis,
            quality,
            bounds);
  }

  private static double stall(List<Shown> shown) {
    double longest = 0;
    for (int i = 1; i < shown.size(); i++) {
      longest = Math.max(longest, shown.get(i).at - shown.get(i - 1).at);
    }
    return longest;
  }

  private static double back(List<Shown> shown, double lightMillis) {
    int row = 0;
    for (int i = 0; i < shown.size(); i++) {
      Shown picture = shown.get(i);
      row = picture.at > lightMillis && picture.age() < YOUNG_MILLIS ? row + 1 : 0;
      if (row == IN_A_ROW) {
        return shown.get(i - IN_A_ROW + 1).at - lightMillis;
      }
    }
    return Double.NaN;
  }
}
