package io.roadcast.bench.viewer;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One m= section of an answer: what each payload type means. */
final class AnswerMedium {
  /** A media format, with the payload type that repairs it or -1. */
  record Format(int payloadType, String name, int clockRate, String parameters, int repairType) {}

  private final String kind;
  private final boolean rejected;
  private final Map<Integer, String> mappings = new TreeMap<>();
  private final Map<Integer, String> parameters = new TreeMap<>();

  /**
   * @param line what follows {@code m=}
   */
  AnswerMedium(String line) throws SdpAnswerException {
    String[] words = line.split(" ", -1);
    if (words.length < 4) {
      throw new SdpAnswerException("m=" + line);
    }
    kind = words[0];
    rejected = words[1].equals("0");
    for (int i = 3; i < words.length; i++) {
      switch (words[i]) {
        case "0" -> mappings.put(0, "PCMU/8000");
        case "8" -> mappings.put(8, "PCMA/8000");
        default -> {
          // a dynamic type gets its meaning from rtpmap
        }
      }
    }
  }

  String kind() {
    return kind;
  }

  boolean rejected() {
    return rejected;
  }

  void attribute(String name, String value) throws SdpAnswerException {
    Map<Integer, String> target =
        switch (name) {
          case "rtpmap" -> mappings;
          case "fmtp" -> parameters;
          default -> null;
        };
    if (target == null) {
      return;
    }
    String[] words = value.split(" ", 2);
    try {
      String meaning = words.length == 2 ? words[1] : "";
      if (name.equals("rtpmap")) {
        clockRate(meaning);
      }
      target.put(Integer.parseInt(words[0]), meaning);
    } catch (NumberFormatException e) {
      throw new SdpAnswerException("a=" + name + ":" + value, e);
    }
  }

  /** The format of a payload type that carries media, not repair; null if it has none. */
  @Nullable Format format(int payloadType) {
    String mapping = mappings.get(payloadType);
    if (mapping == null || mapping.toLowerCase(Locale.ROOT).startsWith("rtx/")) {
      return null;
    }
    return new Format(
        payloadType,
        mapping.substring(0, mapping.indexOf('/')),
        clockRate(mapping),
        parameters.getOrDefault(payloadType, ""),
        repairType(payloadType));
  }

  /** The payload type that a repair type stands for, or -1. */
  int repairedBy(int repairType) {
    for (int type : mappings.keySet()) {
      if (repairType(type) == repairType) {
        return type;
      }
    }
    return -1;
  }

  /** The number in {@code H264/90000} or {@code opus/48000/2}. */
  private static int clockRate(String mapping) {
    String[] parts = mapping.split("/", -1);
    if (parts.length < 2) {
      throw new NumberFormatException("no clock rate");
    }
    int rate = Integer.parseInt(parts[1]);
    if (rate <= 0) {
      throw new NumberFormatException("a clock rate of " + rate);
    }
    return rate;
  }

  private int repairType(int payloadType) {
    for (Map.Entry<Integer, String> entry : mappings.entrySet()) {
      boolean repair = entry.getValue().toLowerCase(Locale.ROOT).startsWith("rtx/");
      if (repair && parameters.getOrDefault(entry.getKey(), "").equals("apt=" + payloadType)) {
        return entry.getKey();
      }
    }
    return -1;
  }
}
