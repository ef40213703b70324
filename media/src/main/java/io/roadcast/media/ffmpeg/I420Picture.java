package io.roadcast.media.ffmpeg;

/**
 * One picture as three planes: luma of width x height bytes, then two chroma planes of half the
 * width and height, rows without padding. Limited range (16..235), ITU-R BT.709.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param luma Y, one byte per pixel, the owner may write it
 * @param blue Cb, one byte per 2x2 pixels
 * @param red Cr, one byte per 2x2 pixels
 */
@SuppressWarnings("ArrayRecordComponent") // planes are compared by nobody and written in place
public record I420Picture(int width, int height, byte[] luma, byte[] blue, byte[] red) {
  private static final int CHROMA_ZERO = (128 << 18) + (1 << 17);

  public I420Picture {
    if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(width + "x" + height + " is no even size");
    }
    int pixels = width * height;
    if (luma.length != pixels || blue.length != pixels / 4 || red.length != pixels / 4) {
      throw new IllegalArgumentException("planes do not fit " + width + "x" + height);
    }
  }

  /** A picture of the given size, all zero. */
  public I420Picture(int width, int height) {
    this(
        width,
        height,
        new byte[width * height],
        new byte[width * height / 4],
        new byte[width * height / 4]);
  }

  /**
   * Fills the planes from pixels 0xRRGGBB, row by row without padding; the top byte is ignored.
   * Chroma is the mean of each 2x2 pixels.
   */
  public void setRgb(int[] pixels) {
    if (pixels.length != luma.length) {
      throw new IllegalArgumentException(pixels.length + " pixels for " + width + "x" + height);
    }
    int halfWidth = width / 2;
    for (int row = 0; row < height; row += 2) {
      int top = row * width;
      int chroma = row / 2 * halfWidth;
      setRows(pixels, top, chroma, halfWidth);
    }
  }

  private void setRows(int[] pixels, int top, int chroma, int halfWidth) {
    for (int column = 0; column < halfWidth; column++) {
      int at = top + 2 * column;
      int p0 = pixels[at];
      int p1 = pixels[at + 1];
      int p2 = pixels[at + width];
      int p3 = pixels[at + width + 1];
      luma[at] = (byte) lumaOf(p0);
      luma[at + 1] = (byte) lumaOf(p1);
      luma[at + width] = (byte) lumaOf(p2);
      luma[at + width + 1] = (byte) lumaOf(p3);
      // Sums of four components of 8 bits: red and blue share one word, they cannot run together.
      int redBlue = (p0 & 0xff00ff) + (p1 & 0xff00ff) + (p2 & 0xff00ff) + (p3 & 0xff00ff);
      int r = redBlue >>> 16;
      int b = redBlue & 0xffff;
      int g = ((p0 & 0xff00) + (p1 & 0xff00) + (p2 & 0xff00) + (p3 & 0xff00)) >>> 8;
      blue[chroma + column] = (byte) ((-6596 * r - 22189 * g + 28784 * b + CHROMA_ZERO) >> 18);
      red[chroma + column] = (byte) ((28784 * r - 26145 * g - 2639 * b + CHROMA_ZERO) >> 18);
    }
  }

  private static int lumaOf(int pixel) {
    int r = pixel >> 16 & 0xff;
    int g = pixel >> 8 & 0xff;
    int b = pixel & 0xff;
    return (11966 * r + 40254 * g + 4064 * b + (16 << 16) + 32768) >> 16;
  }
}
