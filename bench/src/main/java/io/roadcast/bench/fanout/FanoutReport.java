package io.roadcast.bench.fanout;

import java.util.List;

/**
 * The medians of all rounds.
 *
 * @param network what the device can do
 * @param limit which library the limit's encryption is of; empty without a limit
 */
record FanoutReport(String network, int viewers, int rounds, String limit, List<Row> rows) {
  /**
   * One variant and burst.
   *
   * @param nanos processor time per packet, user and system
   * @param ratio to the limit of the same burst; 0 without a limit
   */
  record Row(
      String variant,
      int burst,
      double nanos,
      double userNanos,
      double packetBytes,
      double ratio,
      long errors) {}

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d viewers, network %s, medians of %d rounds, limit: %s%n"
            .formatted(viewers, network, rounds, limit.isEmpty() ? "none" : "C with " + limit));
    text.append("burst  variant              ns/packet   user   bytes   of limit\n");
    for (Row row : rows) {
      text.append(
          "%5d  %-20s %9.0f %6.0f %7.0f   %s%s%n"
              .formatted(
                  row.burst,
                  row.variant,
                  row.nanos,
                  row.userNanos,
                  row.packetBytes,
                  row.ratio == 0 ? "-" : "%.2f".formatted(row.ratio),
                  row.errors == 0 ? "" : "   " + row.errors + " errors"));
    }
    return text.toString();
  }
}
