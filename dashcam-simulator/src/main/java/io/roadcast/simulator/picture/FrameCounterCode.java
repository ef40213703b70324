package io.roadcast.simulator.picture;

import java.util.Optional;

/**
 * Numbers in the picture that a program reads back: which picture it is and when it was drawn.
 *
 * <p>Two rows of square cells begin in the top left corner, without margin. The side of a cell is
 * {@code cell = 2 * max(1, min(height / 90, width / 96))} pixels, divisions rounded down: 8 at
 * 640x360, 12 at 960x540, 16 at 1280x720, 6 at 352x288. Cell (row, i) covers x from {@code i *
 * cell} and y from {@code row * cell}. It is a 1 when the mean luma of its inner half (from {@code
 * cell / 4} to {@code cell - cell / 4}, both ways) is 128 or more. Bits come most significant
 * first.
 *
 * <ul>
 *   <li>Row 0, 32 cells: 24 bits of picture counter, then 8 bits of check over them.
 *   <li>Row 1, 40 cells: the low 32 bits of the wall clock in milliseconds since 1970-01-01 UTC at
 *       the moment the picture was drawn, then 8 bits of check over them.
 * </ul>
 *
 * The check is a CRC-8 over the value's bytes, first byte first: polynomial 0x07, start value 0xFF,
 * not reflected, no final exclusive or. A black and a white picture do not pass it.
 */
public final class FrameCounterCode {
  /** The counter starts again at 0 after this value less one. */
  public static final int COUNTER_LIMIT = 1 << 24;

  private static final int COUNTER_BYTES = 3;
  private static final int CLOCK_BYTES = 4;
  private static final int LIGHT = 0xe4e4e4;
  private static final int DARK = 0x141414;

  /**
   * What a picture says.
   *
   * @param counter number of the picture, 0 to {@link #COUNTER_LIMIT} less one
   * @param clockMillis low 32 bits of the milliseconds since 1970 when it was drawn
   */
  public record Reading(int counter, long clockMillis) {}

  private FrameCounterCode() {}

  /** Side of a cell in pixels. */
  public static int cell(int width, int height) {
    return 2 * Math.max(1, Math.min(height / 90, width / 96));
  }

  /** Writes both rows into pixels 0xRRGGBB, row by row without padding. */
  public static void write(int[] pixels, int width, int height, Reading reading) {
    int cell = cell(width, height);
    writeRow(pixels, width, 0, cell, reading.counter, COUNTER_BYTES);
    writeRow(pixels, width, cell, cell, reading.clockMillis, CLOCK_BYTES);
  }

  /** Reads both rows from a luma plane without padding; empty when a check fails. */
  public static Optional<Reading> read(byte[] luma, int width, int height) {
    int cell = cell(width, height);
    long counter = readRow(luma, width, 0, cell, COUNTER_BYTES);
    long clock = readRow(luma, width, cell, cell, CLOCK_BYTES);
    return counter < 0 || clock < 0
        ? Optional.empty()
        : Optional.of(new Reading((int) counter, clock));
  }

  private static void writeRow(int[] pixels, int width, int top, int cell, long value, int bytes) {
    long bits = value << 8 | check(value, bytes);
    int cells = bytes * 8 + 8;
    for (int index = 0; index < cells; index++) {
      int colour = (bits >> (cells - 1 - index) & 1) == 1 ? LIGHT : DARK;
      for (int row = top; row < top + cell; row++) {
        int from = row * width + index * cell;
        java.util.Arrays.fill(pixels, from, from + cell, colour);
      }
    }
  }

  private static long readRow(byte[] luma, int width, int top, int cell, int bytes) {
    long bits = 0;
    for (int index = 0; index < bytes * 8 + 8; index++) {
      bits = bits << 1 | (mean(luma, width, index * cell, top, cell) >= 128 ? 1 : 0);
    }
    long value = bits >>> 8;
    return check(value, bytes) == (bits & 0xff) ? value : -1;
  }

  private static int mean(byte[] luma, int width, int left, int top, int cell) {
    int edge = cell / 4;
    int sum = 0;
    for (int row = top + edge; row < top + cell - edge; row++) {
      for (int column = left + edge; column < left + cell - edge; column++) {
        sum += luma[row * width + column] & 0xff;
      }
    }
    int side = cell - 2 * edge;
    return sum / (side * side);
  }

  static int check(long value, int bytes) {
    int crc = 0xff;
    for (int index = bytes - 1; index >= 0; index--) {
      crc ^= (int) (value >> (8 * index)) & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x80) != 0 ? crc << 1 & 0xff ^ 0x07 : crc << 1;
      }
    }
    return crc & 0xff;
  }
}
