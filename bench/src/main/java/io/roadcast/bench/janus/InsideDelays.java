package io.roadcast.bench.janus;

import java.util.Map;
import java.util.TreeMap;

/**
 * How long frames were inside the server, by its own histograms: samples of {@code /metrics} by
 * name and labels, which count up from its start.
 */
record InsideDelays(Map<String, Double> samples) {
  private static final String METRIC = "roadcast_%s_packet_delay_seconds_bucket{";

  static InsideDelays parse(String exposition) {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : exposition.lines().toList()) {
      if (line.startsWith("roadcast_") && line.contains("_packet_delay_seconds_bucket{")) {
        int end = line.lastIndexOf(' ');
        samples.put(line.substring(0, end), Double.parseDouble(line.substring(end + 1)));
      }
    }
    return new InsideDelays(samples);
  }

  /** What was counted since an earlier moment. */
  InsideDelays since(InsideDelays earlier) {
    Map<String, Double> counted = new TreeMap<>(samples);
    earlier.samples.forEach((name, count) -> counted.merge(name, -count, Double::sum));
    return new InsideDelays(counted);
  }

  String text() {
    return "inside: pictures %s and %s, keyframes %s and %s"
        .formatted(
            bound("first", "picture"),
            bound("last", "picture"),
            bound("first", "keyframe"),
            bound("last", "keyframe"));
  }

  /** The bound of the bucket that the 99th percentile is in. */
  private String bound(String which, String frame) {
    Map<Double, Double> counts = new TreeMap<>();
    samples.forEach(
        (name, count) -> {
          if (name.startsWith(METRIC.formatted(which))
              && name.contains("frame=\"" + frame + "\"")) {
            String bound = name.replaceAll(".*le=\"([^\"]*)\".*", "$1");
            counts.merge(
                bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                count,
                Double::sum);
          }
        });
    double all = counts.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    double withinTwo = counts.getOrDefault(0.002, 0.0);
    return counts.entrySet().stream()
        .filter(entry -> all > 0 && entry.getValue() >= 0.99 * all)
        .findFirst()
        .map(
            entry ->
                "%s 99%% within %.2f ms (%.2f %% of %.0f within 2)"
                    .formatted(which, 1000 * entry.getKey(), 100 * withinTwo / all, all))
        .orElse("none");
  }
}
