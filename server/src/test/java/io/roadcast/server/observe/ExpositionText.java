package io.roadcast.server.observe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of Prometheus' text exposition format, version 0.0.4, independent of the library
 * that writes it.
 *
 * @param types of the metrics by name
 * @param samples values by name with labels, as written
 * @param problems what the format does not allow
 */
record ExpositionText(
    Map<String, String> types, Map<String, Double> samples, List<String> problems) {
  private static final Pattern DESCRIPTION =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\.)*\",?)*\\})?"
              + " ([-+]?(?:[0-9.]+(?:E-?[0-9]+)?|Inf)|NaN)");
  private static final List<String> PARTS = List.of("_bucket", "_sum", "_count");

  static ExpositionText parse(String text) {
    ExpositionText parsed =
        new ExpositionText(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    if (!text.endsWith("\n")) {
      parsed.problems.add("the last line has no end");
    }
    text.lines().filter(line -> !line.isEmpty()).forEach(parsed::line);
    parsed.checkBuckets();
    return parsed;
  }

  private void line(String line) {
    Matcher description = DESCRIPTION.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (description.matches()) {
      if (description.group(1).equals("TYPE")
          && types.put(description.group(2), description.group(3)) != null) {
        problems.add("a second type: " + line);
      }
    } else if (sample.matches()) {
      String labels = sample.group(2) == null ? "" : sample.group(2);
      if (metricOf(sample.group(1)) == null) {
        problems.add("no type before: " + line);
      }
      if (samples.put(sample.group(1) + labels, number(sample.group(3))) != null) {
        problems.add("a second time: " + line);
      }
    } else {
      problems.add("neither comment nor sample: " + line);
    }
  }

  private @Nullable String metricOf(String sample) {
    if (types.containsKey(sample)) {
      return sample;
    }
    for (String part : PARTS) {
      String metric =
          sample.endsWith(part) ? sample.substring(0, sample.length() - part.length()) : "";
      if (types.containsKey(metric)) {
        return metric;
      }
    }
    return null;
  }

  /** Buckets of one histogram only rise. */
  private void checkBuckets() {
    double before = 0;
    String histogram = "";
    for (Map.Entry<String, Double> sample : samples.entrySet()) {
      int le = sample.getKey().indexOf("le=\"");
      if (!sample.getKey().contains("_bucket{") || le < 0) {
        continue;
      }
      String name = sample.getKey().substring(0, le);
      if (name.equals(histogram) && sample.getValue() < before) {
        problems.add("a falling bucket: " + sample.getKey());
      }
      histogram = name;
      before = sample.getValue();
    }
  }

  private static double number(String text) {
    return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
