package io.roadcast.e2e.joins;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** The joins of one case, and what is said of them. */
record Series(String name, List<Join> joins) {
  static final String HEADER =
      """
      | case | joins | answered | connected | first picture | live | glass 1-2 s | glass 5-8 s | ahead of sound | wrong | freezes | longest stall | NACK | PLI | lost | dropped |
      |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
      """;

  /** A line of the table: times as median/largest in ms, counts as sums. */
  String row() {
    return "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %d | %d | %.0f | %d | %d | %d | %d |\n"
        .formatted(
            name,
            joins.size(),
            times(Join::answered),
            times(Join::connected),
            times(Join::firstPicture),
            times(Join::live),
            times(Join::glassEarly),
            times(Join::glassLate),
            times(Join::ahead),
            sum(join -> join.wrong().size()),
            sum(Join::freezes),
            joins.stream().mapToDouble(Join::stall).max().orElse(0),
            sum(Join::nacks),
            sum(Join::plis),
            sum(Join::lost),
            sum(Join::dropped));
  }

  private String times(ToDoubleFunction<Join> of) {
    List<Double> values = joins.stream().mapToDouble(of).boxed().toList();
    long missing = values.stream().filter(value -> value.isNaN()).count();
    if (missing == values.size()) {
      return "-";
    }
    double largest =
        values.stream().filter(value -> !value.isNaN()).mapToDouble(value -> value).max().orElse(0);
    String text = String.format(Locale.ROOT, "%.0f/%.0f", median(values), largest);
    return missing == 0 ? text : text + " (" + missing + " never)";
  }

  private int sum(ToIntFunction<Join> of) {
    return joins.stream().mapToInt(of).sum();
  }

  /** Of those that are numbers; NaN without any. */
  static double median(List<Double> values) {
    double[] sorted =
        values.stream().filter(v -> !v.isNaN()).mapToDouble(v -> v).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
