package io.roadcast.sfu.router;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a stream. A terminal's channel is {@code {terminal}-{channel}} with the terminal's digits
 * (or hex nibbles) without leading zeros; every other name holds a letter outside hex, so that the
 * two can not be confused.
 *
 * @param name in its normal form, as {@link #parse} and {@link #ofTerminal} make it
 */
public record StreamId(String name, Quality quality) implements Comparable<StreamId> {
  private static final Pattern TERMINAL = Pattern.compile("([0-9A-Fa-f]{1,20})-([0-9]{1,3})");
  private static final Pattern OTHER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern OUTSIDE_HEX = Pattern.compile(".*[G-Zg-z].*");
  private static final int MAX_CHANNEL = 255;

  public StreamId {
    if (!TERMINAL.matcher(name).matches() && !isOtherName(name)) {
      throw new IllegalArgumentException("not a stream id: " + printable(name));
    }
  }

  /**
   * @param terminal digits or hex nibbles, leading zeros allowed
   * @param channel 0 to 255
   */
  public static StreamId ofTerminal(String terminal, int channel, Quality quality) {
    if (channel < 0 || channel > MAX_CHANNEL) {
      throw new IllegalArgumentException("channel " + channel);
    }
    return new StreamId(withoutLeadingZeros(terminal) + "-" + channel, quality);
  }

  /**
   * Reads the form used in URLs, leading zeros of a terminal being optional.
   *
   * @throws IllegalArgumentException if it is no stream id; the message may be shown to a client
   */
  public static StreamId parse(String text, Quality quality) {
    Matcher matcher = TERMINAL.matcher(text);
    if (matcher.matches()) {
      int channel = Integer.parseInt(matcher.group(2));
      if (channel > MAX_CHANNEL) {
        throw new IllegalArgumentException("a channel is at most " + MAX_CHANNEL);
      }
      return ofTerminal(matcher.group(1), channel, quality);
    }
    return new StreamId(text, quality);
  }

  /** The same camera in another quality. */
  public StreamId in(Quality other) {
    return new StreamId(name, other);
  }

  /** Whether this is a channel of a terminal, so that terminal() and channel() have a meaning. */
  public boolean ofTerminal() {
    return TERMINAL.matcher(name).matches();
  }

  /** The terminal's digits without leading zeros; only for a channel of a terminal. */
  public String terminal() {
    return name.substring(0, name.lastIndexOf('-'));
  }

  /** The logical channel; only for a channel of a terminal. */
  public int channel() {
    return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
  }

  @Override
  public int compareTo(StreamId other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : quality.compareTo(other.quality);
  }

  @Override
  public String toString() {
    return quality == Quality.MAIN ? name : name + "/" + quality.label();
  }

  private static boolean isOtherName(String name) {
    return OTHER.matcher(name).matches() && OUTSIDE_HEX.matcher(name).matches();
  }

  private static String withoutLeadingZeros(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first).toUpperCase(Locale.ROOT);
  }

  private static String printable(String name) {
    String cut = name.length() > 120 ? name.substring(0, 120) : name;
    return cut.replaceAll("[^ -~]", "?");
  }
}
