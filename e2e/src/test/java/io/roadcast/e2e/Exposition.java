package io.roadcast.e2e;

import java.util.Map;
import java.util.TreeMap;

/** What {@code /metrics} said: one number per name with labels, as written there. */
final class Exposition {
  private final Map<String, Double> values = new TreeMap<>();

  /** Reads the text exposition format, version 0.0.4. */
  static Exposition parse(String text) {
    Exposition exposition = new Exposition();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int end = line.lastIndexOf(' ');
              exposition.values.put(
                  line.substring(0, end), Double.parseDouble(line.substring(end + 1)));
            });
    return exposition;
  }

  /**
   * @param nameWithLabels as in the text, labels in its order
   */
  double value(String nameWithLabels) {
    Double value = values.get(nameWithLabels);
    if (value == null) {
      throw new AssertionError("no metric " + nameWithLabels + " among " + values.keySet());
    }
    return value;
  }

  /** The sum over all labels, or over those that contain this text; 0 if there are none. */
  double sum(String name, String labels) {
    return values.entrySet().stream()
        .filter(
            entry ->
                (entry.getKey().equals(name) || entry.getKey().startsWith(name + "{"))
                    && entry.getKey().contains(labels))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  double sum(String name) {
    return sum(name, "");
  }

  /** Median, 99th percentile and count of a histogram: bounds of the buckets they are in. */
  String percentiles(String name, String labels) {
    Map<Double, Double> counts = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(name + "_bucket{") && key.contains(labels)) {
            String bound = key.replaceAll(".*le=\"([^\"]*)\".*", "$1");
            counts.merge(
                bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                value,
                Double::sum);
          }
        });
    double all = counts.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    return "%s %s: %.0f frames, median within %s ms, 99 %% within %s ms%n"
        .formatted(name, labels, all, bound(counts, 0.5 * all), bound(counts, 0.99 * all));
  }

  private static double bound(Map<Double, Double> counts, double wanted) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= wanted)
        .mapToDouble(entry -> entry.getKey() * 1000)
        .findFirst()
        .orElse(0);
  }
}
