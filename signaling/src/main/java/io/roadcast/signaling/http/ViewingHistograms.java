package io.roadcast.signaling.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What viewings were like, for Prometheus: each is counted once, at its end, by the path that it
 * took. Those that never connected are left out. The delay alone is counted while they go on. Any
 * thread.
 */
public final class ViewingHistograms {
  /** One histogram by path. */
  public record Named(String name, String help, Map<String, Distribution.Snapshot> byPath) {}

  /** How many took a path and a codec. */
  public record Count(String path, String codec, long viewings) {}

  private record PathAndCodec(String path, String codec) {}

  private static final List<String> PATHS = List.of("udp", "tcp", "relay");
  private static final double[] SECONDS = {.05, .1, .15, .2, .3, .5, .75, 1, 2, 5, 10};
  private static final double[] ROUND_TRIPS = {.005, .01, .02, .05, .1, .15, .2, .3, .5, 1, 2};
  private static final double[] RATIOS = {0, .001, .005, .01, .02, .05, .1, .2, .5};
  private static final double[] COUNTS = {0, 1, 2, 5, 10, 20, 50, 100};
  private static final double[] FRAME_RATES = {1, 5, 8, 10, 12, 15, 20, 24, 25, 30};
  private static final double[] BIT_RATES = {1e5, 2.5e5, 5e5, 1e6, 2e6, 4e6, 8e6, 16e6};
  private static final double MILLIS = 1e-3;

  private final Map<String, Distribution> connects = byPath(SECONDS);
  private final Map<String, Distribution> firstFrames = byPath(SECONDS);
  private final Map<String, Distribution> freezes = byPath(COUNTS);
  private final Map<String, Distribution> frozen = byPath(RATIOS);
  private final Map<String, Distribution> frameRates = byPath(FRAME_RATES);
  private final Map<String, Distribution> roundTrips = byPath(ROUND_TRIPS);
  private final Map<String, Distribution> losses = byPath(RATIOS);
  private final Map<String, Distribution> estimates = byPath(BIT_RATES);
  private final Map<String, Distribution> glass = byPath(SECONDS);
  private final Map<PathAndCodec, LongAdder> counts = new ConcurrentHashMap<>();

  private static Map<String, Distribution> byPath(double... bounds) {
    Map<String, Distribution> all = new TreeMap<>();
    PATHS.forEach(path -> all.put(path, new Distribution(bounds)));
    return all;
  }

  void add(EndedViewing viewing) {
    ViewerView viewer = viewing.viewer();
    ViewerView.Path way = viewer.path();
    if (way == null || viewer.connectMs() == null) {
      return;
    }
    String path = way.transport();
    counts
        .computeIfAbsent(new PathAndCodec(path, viewer.codec()), key -> new LongAdder())
        .increment();
    add(connects, path, viewer.connectMs(), MILLIS);
    add(roundTrips, path, viewer.meanRoundTripMs(), MILLIS);
    add(losses, path, viewer.meanLoss(), 1);
    add(estimates, path, viewer.estimateBitRate(), 1);
    PlayerFigures player = viewing.player();
    if (player != null) {
      double millis = Duration.between(viewer.since(), viewing.endedAt()).toMillis();
      add(firstFrames, path, player.firstFrameMs(), MILLIS);
      add(freezes, path, player.freezes(), 1);
      add(frozen, path, player.freezeMs(), 1 / Math.max(1, millis));
      add(frameRates, path, player.frameRate(), 1);
    }
  }

  /** A player told how its viewing is, from which a delay follows or not. */
  void delayed(ViewerView viewer, @Nullable Long glassToGlassMs) {
    if (viewer.path() != null) {
      add(glass, viewer.path().transport(), glassToGlassMs, MILLIS);
    }
  }

  private static void add(
      Map<String, Distribution> histogram, String path, @Nullable Number value, double unit) {
    Distribution of = histogram.get(path);
    if (of != null && value != null) {
      of.add(value.doubleValue() * unit);
    }
  }

  public List<Named> histograms() {
    return List.of(
        named("viewing_connect_seconds", "From the offer to the first packet's keys", connects),
        named("viewing_first_frame_seconds", "To the first picture, as players say", firstFrames),
        named("viewing_freezes", "How often the picture stood, as players say", freezes),
        named("viewing_frozen_ratio", "Part of the time that it stood, as players say", frozen),
        named("viewing_frame_rate", "Pictures per second at the end, as players say", frameRates),
        named("viewing_round_trip_seconds", "Mean round trip of a viewing", roundTrips),
        named("viewing_loss_ratio", "Mean loss of a viewing, before repair", losses),
        named(
            "glass_to_glass_seconds",
            "From the camera's stamp to the screen, each time that a player tells its part",
            glass),
        named(
            "viewing_estimate_bits_per_second",
            "What the path carried at the end, where it showed a limit",
            estimates));
  }

  private static Named named(String name, String help, Map<String, Distribution> histogram) {
    Map<String, Distribution.Snapshot> now = new TreeMap<>();
    histogram.forEach((path, distribution) -> now.put(path, distribution.snapshot()));
    return new Named(name, help, now);
  }

  public List<Count> counts() {
    return counts.entrySet().stream()
        .map(each -> new Count(each.getKey().path, each.getKey().codec, each.getValue().sum()))
        .toList();
  }
}
