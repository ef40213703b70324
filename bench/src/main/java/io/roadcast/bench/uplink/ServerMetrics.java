package io.roadcast.bench.uplink;

/** Samples of a Prometheus exposition. */
record ServerMetrics(String text) {
  /** The sum of a metric's samples that have this label. */
  long sum(String metric, String label) {
    double sum = 0;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(metric + "{") && line.contains(label)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return Math.round(sum);
  }
}
