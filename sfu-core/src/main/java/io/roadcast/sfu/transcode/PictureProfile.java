package io.roadcast.sfu.transcode;

import io.roadcast.sfu.router.PictureRenditions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What pictures can be brought into for viewers who ask for it by name.
 *
 * @param maxWidth pixels; larger pictures are made smaller, in proportion; 0: any
 * @param maxHeight likewise
 * @param bitRate bits per second; 0: as the size needs
 */
public record PictureProfile(String name, int maxWidth, int maxHeight, int bitRate) {
  /** As the source's, only in a form that every browser shows. */
  public static final PictureProfile PLAIN = new PictureProfile(PictureRenditions.PLAIN, 0, 0, 0);

  private static final Pattern TEXT =
      Pattern.compile("([a-z][a-z0-9-]{0,19})=([0-9]{2,4})x([0-9]{2,4})@([0-9]{2,5})k");
  private static final int LEAST_SIDE = 64;

  /**
   * Reads a profile from "low=640x360@500k".
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PictureProfile parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no profile such as \"low=640x360@500k\"");
    }
    String name = matcher.group(1);
    int width = Integer.parseInt(matcher.group(2));
    int height = Integer.parseInt(matcher.group(3));
    if (name.equals("main") || name.equals("sub")) {
      throw new IllegalArgumentException("\"" + name + "\" is a quality of the camera itself");
    }
    if (width < LEAST_SIDE || height < LEAST_SIDE) {
      throw new IllegalArgumentException("\"" + text + "\" is too small a picture");
    }
    return new PictureProfile(name, width, height, Integer.parseInt(matcher.group(4)) * 1000);
  }
}
