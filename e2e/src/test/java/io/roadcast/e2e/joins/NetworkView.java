package io.roadcast.e2e.joins;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one viewer saw through a bad network. Times in ms, the first seconds left out.
 *
 * @param parts pictures that were shown of those that the camera sent, 0 to 1
 * @param stall longest time between two pictures
 * @param age median from the camera to the screen
 * @param oldest 95th percentile of it
 * @param back until five pictures in a row were young again after the blackout; NaN without one, or
 *     if they never came
 * @param wrong pictures whose counter could not be read
 * @param quality what the server said last that it sends
 */
record NetworkView(
    double parts,
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
      | network | pictures | longest stall ms | age ms median/95 % | back after ms | freezes | wrong | NACK | PLI | sent | bounds |
      |---|---|---|---|---|---|---|---|---|---|---|
      """;

  private static final double YOUNG_MILLIS = 500;
  private static final int IN_A_ROW = 5;

  private record Shown(double at, double age) {}

  /**
   * @param told what {@code join.js} brought back
   * @param sub the camera of the sub-stream, told by the height of its pictures
   * @param from ms from the beginning: what was before is left out
   * @param lightMillis when the blackout ended, since 1970; NaN without one
   */
  static NetworkView of(
      JsonNode told,
      FilmCamera main,
      @Nullable FilmCamera sub,
      double from,
      double lightMillis,
      String quality) {
    double begun = told.path("begun").asDouble();
    List<Shown> shown = new ArrayList<>();
    int wrong = 0;
    for (JsonNode picture : told.path("pictures")) {
      double at = picture.path("at").asDouble();
      int counter = picture.path("counter").asInt(-1);
      FilmCamera camera =
          sub != null && picture.path("height").asInt() == sub.height() ? sub : main;
      double sent = counter < 0 ? Double.NaN : camera.sentMillis(counter, at);
      wrong += counter < 0 ? 1 : 0;
      if (at - begun >= from) {
        shown.add(new Shown(at, at - sent));
      }
    }
    JsonNode video = told.path("stats").path("video");
    double seconds = shown.isEmpty() ? 1 : (shown.getLast().at - begun - from) / 1000;
    List<Double> ages =
        shown.stream().map(Shown::age).filter(age -> !age.isNaN()).sorted().toList();
    return new NetworkView(
        shown.size() / (seconds * Film.FRAME_RATE),
        stall(shown),
        Series.median(ages),
        ages.isEmpty() ? Double.NaN : ages.get((ages.size() - 1) * 95 / 100),
        back(shown, lightMillis),
        video.path("freezeCount").asInt(),
        wrong,
        video.path("nackCount").asInt(),
        video.path("pliCount").asInt(),
        quality);
  }

  boolean holds(NetworkCase.Bound bound) {
    return switch (bound) {
      case SMOOTH -> stall <= 1000 && parts >= 0.95;
      case BACK_SOON -> back <= 2000;
      case NOT_LATE -> oldest <= 1000;
    };
  }

  String row(NetworkCase of) {
    StringBuilder bounds = new StringBuilder();
    for (NetworkCase.Bound bound : of.bounds()) {
      bounds.append(bound).append(holds(bound) ? " held " : " BROKEN ");
    }
    return "| %s | %.1f %% | %.0f | %.0f/%.0f | %.0f | %d | %d | %d | %d | %s | %s|\n"
        .formatted(
            of.name(),
            parts * 100,
            stall,
            age,
            oldest,
            back,
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
      row = picture.at > lightMillis && picture.age < YOUNG_MILLIS ? row + 1 : 0;
      if (row == IN_A_ROW) {
        return shown.get(i - IN_A_ROW + 1).at - lightMillis;
      }
    }
    return Double.NaN;
  }
}
