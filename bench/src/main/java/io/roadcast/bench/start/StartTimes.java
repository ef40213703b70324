package io.roadcast.bench.start;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * When what was there, in seconds from the start of the process.
 *
 * @param port JT/T 1078 took a connection
 * @param ready {@code /readyz} answered 200
 * @param stream the API listed the stream
 * @param packet its first packet came to a viewer, who joined when it was listed; what he needs
 *     himself before his offer is ready is left out
 * @param database the fleet could be asked for
 */
record StartTimes(double port, double ready, double stream, double packet, double database) {
  static final String HEADING =
      "start    port  ready  stream  first packet  database   (s from the start of the process)";

  String line(String label) {
    return String.format(
        Locale.ROOT,
        "%-7s %5.2f  %5.2f   %5.2f         %5.2f     %5.2f",
        label,
        port,
        ready,
        stream,
        packet,
        database);
  }

  /** Of each column by itself. */
  static StartTimes medians(List<StartTimes> starts) {
    return new StartTimes(
        median(starts, StartTimes::port),
        median(starts, StartTimes::ready),
        median(starts, StartTimes::stream),
        median(starts, StartTimes::packet),
        median(starts, StartTimes::database));
  }

  private static double median(List<StartTimes> starts, ToDoubleFunction<StartTimes> column) {
    double[] sorted = starts.stream().mapToDouble(column).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
