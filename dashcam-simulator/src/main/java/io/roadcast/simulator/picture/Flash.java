package io.roadcast.simulator.picture;

/**
 * The white dot at the top right that is lit while the sound beeps, so that sound and picture can
 * be held against each other: lit in every picture whose time lies in the first {@link #LIT_MILLIS}
 * of a second of the stream's time. Its centre is {@code 2 * cell} pixels from the right edge and
 * {@code cell} pixels from the top (cell as in {@link FrameCounterCode}); the mean luma of the
 * square of side {@code cell} around the centre is above 180 when lit and below 110 otherwise.
 */
public final class Flash {
  /** How long the dot is lit and the sound beeps, from the beginning of each second. */
  public static final int LIT_MILLIS = 120;

  private Flash() {}

  /** Whether the dot is lit at this time of the stream. */
  public static boolean isLit(long timeMillis) {
    return Math.floorMod(timeMillis, 1000L) < LIT_MILLIS;
  }

  /** Whether the dot is lit in a decoded picture, given as luma plane without padding. */
  public static boolean isLit(byte[] luma, int width, int height) {
    int cell = FrameCounterCode.cell(width, height);
    int left = width - 2 * cell - cell / 2;
    int top = cell - cell / 2;
    int sum = 0;
    for (int row = top; row < top + cell; row++) {
      for (int column = left; column < left + cell; column++) {
        sum += luma[row * width + column] & 0xff;
      }
    }
    return sum / (cell * cell) > 145;
  }
}
