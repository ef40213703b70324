package io.roadcast.jtt.jt808;

import java.nio.charset.Charset;

/**
 * Text as it stands on the wire: GBK, and perhaps filled with zero bytes in front or behind. The
 * bytes are kept as they came, so that what was read can be written again unchanged; hence two
 * texts that read the same but are filled differently are not equal.
 *
 * @param raw with whatever fills a field of fixed width
 */
public record GbkText(Bytes raw) {
  /** No text, no bytes. */
  public static final GbkText EMPTY = new GbkText(Bytes.EMPTY);

  private static final Charset GBK = Charset.forName("GBK");

  /** A text without any filling; fields of fixed width are filled when they are written. */
  public static GbkText of(String text) {
    return new GbkText(Bytes.wrap(text.getBytes(GBK)));
  }

  /**
   * What it says, without zero bytes at its ends; blanks stay. Bytes that are no GBK read as
   * U+FFFD.
   */
  public String value() {
    int start = 0;
    int end = raw.length();
    while (start < end && raw.at(start) == 0) {
      start++;
    }
    while (end > start && raw.at(end - 1) == 0) {
      end--;
    }
    return new String(raw.slice(start, end - start).toArray(), GBK);
  }

  @Override
  public String toString() {
    return value();
  }
}
