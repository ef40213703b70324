package io.roadcast.e2e.joins;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One join as the page saw it. All times in ms from just before the signalling began; NaN where it
 * never came to that.
 *
 * @param answered until the answer was there
 * @param connected until the browser said so
 * @param firstPicture until any picture was shown
 * @param live until the first of five pictures in a row that were right and younger than 300 ms
 * @param glassEarly median age of the pictures shown in second 1 to 2
 * @param glassLate the same in seconds 5 to 8
 * @param ahead how much later the picture of a moment would be if it were in step with its sound,
 *     by the browser's own account at the end; negative if the picture is the late one
 * @param wrong when pictures were shown whose counter could not be read
 * @param stall longest time between two pictures after it was live
 */
record Join(
    double answered,
    double connected,
    double firstPicture,
    double live,
    double glassEarly,
    double glassLate,
    double ahead,
    int pictures,
    List<Double> wrong,
    double stall,
    int freezes,
    int nacks,
    int plis,
    int lost,
    int dropped,
    int decoded,
    double jitterBuffer) {
  private static final double YOUNG_MILLIS = 300;
  private static final int IN_A_ROW = 5;

  /**
   * A picture that was shown.
   *
   * @param gone before it could be looked at
   */
  private record Shown(double at, double age, boolean gone) {
    boolean right() {
      return !Double.isNaN(age);
    }
  }

  /** What {@code join.js} brought back for one viewer. */
  static Join of(JsonNode told, FilmCamera camera) {
    double begun = told.path("begun").asDouble(Double.NaN);
    List<Shown> shown = new ArrayList<>();
    for (JsonNode picture : told.path("pictures")) {
      double at = picture.path("at").asDouble();
      int counter = picture.path("counter").asInt(-1);
      double sent = counter < 0 ? Double.NaN : camera.sentMillis(counter, at);
      shown.add(new Shown(at - begun, at - sent, picture.path("gone").asBoolean()));
    }
    JsonNode video = told.path("stats").path("video");
    double live = live(shown);
    return new Join(
        told.path("answered").asDouble(Double.NaN) - begun,
        told.path("connected").asDouble(Double.NaN) - begun,
        shown.isEmpty() ? Double.NaN : shown.getFirst().at,
        live,
        glass(shown, 1000, 2000),
        glass(shown, 5000, 8000),
        playing(video) - playing(told.path("stats").path("audio")),
        shown.size(),
        shown.stream().filter(each -> !each.right() && !each.gone()).map(Shown::at).toList(),
        stall(shown, live),
        video.path("freezeCount").asInt(),
        video.path("nackCount").asInt(),
        video.path("pliCount").asInt(),
        video.path("packetsLost").asInt(),
        video.path("framesDropped").asInt(),
        video.path("framesDecoded").asInt(),
        video.path("jitterBufferDelay").asDouble()
            * 1000
            / Math.max(1, video.path("jitterBufferEmittedCount").asDouble()));
  }

  /** Which moment of the sender is being shown or heard, NTP time in ms. */
  private static double playing(JsonNode track) {
    return track.path("estimatedPlayoutTimestamp").asDouble(Double.NaN);
  }

  private static double live(List<Shown> shown) {
    int row = 0;
    for (int i = 0; i < shown.size(); i++) {
      row = shown.get(i).age < YOUNG_MILLIS ? row + 1 : 0;
      if (row == IN_A_ROW) {
        return shown.get(i - IN_A_ROW + 1).at;
      }
    }
    return Double.NaN;
  }

  private static double glass(List<Shown> shown, double from, double to) {
    return Series.median(
        shown.stream()
            .filter(picture -> picture.at >= from && picture.at < to && picture.right())
            .map(Shown::age)
            .toList());
  }

  private static double stall(List<Shown> shown, double live) {
    double longest = 0;
    for (int i = 1; i < shown.size(); i++) {
      if (shown.get(i - 1).at >= live) {
        longest = Math.max(longest, shown.get(i).at - shown.get(i - 1).at);
      }
    }
    return longest;
  }
}
