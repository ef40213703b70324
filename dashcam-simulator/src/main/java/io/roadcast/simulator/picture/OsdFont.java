package io.roadcast.simulator.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters made of strokes, as a dashcam prints them on its picture: light with a dark rim. Each
 * glyph is drawn once and kept as an image.
 */
final class OsdFont {
  /** Strokes separated by bars; a point is its column 0..4 and its row 0..6. */
  private static final Map<Character, String> STROKES =
      Map.ofEntries(
          Map.entry('0', "10 30 41 45 36 16 05 01 10"),
          Map.entry('1', "11 20 26|16 36"),
          Map.entry('2', "01 10 30 41 42 06 46"),
          Map.entry('3', "01 10 30 41 42 33 44 45 36 16 05|23 33"),
          Map.entry('4', "36 30 04 44"),
          Map.entry('5', "40 00 02 32 43 45 36 16 05"),
          Map.entry('6', "41 30 10 01 05 16 36 45 44 33 03"),
          Map.entry('7', "00 40 16"),
          Map.entry('8', "10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33"),
          Map.entry('9', "05 16 36 45 41 30 10 01 02 13 43"),
          Map.entry('A', "06 02 20 42 46|04 44"),
          Map.entry('B', "03 33 44 45 36 06 00 30 41 42 33"),
          Map.entry('C', "41 30 10 01 05 16 36 45"),
          Map.entry('D', "00 06 26 44 42 20 00"),
          Map.entry('E', "40 00 06 46|03 33"),
          Map.entry('F', "40 00 06|03 33"),
          Map.entry('G', "41 30 10 01 05 16 36 45 43 23"),
          Map.entry('H', "00 06|40 46|03 43"),
          Map.entry('I', "20 26|10 30|16 36"),
          Map.entry('J', "40 45 36 16 05"),
          Map.entry('K', "00 06|40 03 46"),
          Map.entry('L', "00 06 46"),
          Map.entry('M', "06 00 23 40 46"),
          Map.entry('N', "06 00 46 40"),
          Map.entry('O', "10 30 41 45 36 16 05 01 10"),
          Map.entry('P', "06 00 30 41 42 33 03"),
          Map.entry('Q', "10 30 41 45 36 16 05 01 10|34 46"),
          Map.entry('R', "06 00 30 41 42 33 03|23 46"),
          Map.entry('S', "41 30 10 01 02 13 33 44 45 36 16 05"),
          Map.entry('T', "00 40|20 26"),
          Map.entry('U', "00 05 16 36 45 40"),
          Map.entry('V', "00 26 40"),
          Map.entry('W', "00 16 22 36 40"),
          Map.entry('X', "00 46|40 06"),
          Map.entry('Y', "00 23 40|23 26"),
          Map.entry('Z', "00 40 06 46"),
          Map.entry('-', "13 33"),
          Map.entry('.', "26 26"),
          Map.entry(':', "22 22|25 25"),
          Map.entry('/', "40 06"));

  private final double unit;
  private final int advance;
  private final int margin;
  private final Map<Character, BufferedImage> glyphs = new HashMap<>();

  /**
   * @param height of a letter in pixels
   */
  OsdFont(int height) {
    unit = height / 6.0;
    margin = (int) Math.ceil(unit * 1.2);
    advance = (int) Math.round(unit * 5.9);
    STROKES.forEach((letter, strokes) -> glyphs.put(letter, draw(strokes)));
  }

  /**
   * Draws the text with the top left corner of its first letter there; unknown letters are blank.
   */
  void draw(Graphics2D graphics, String text, int left, int top) {
    for (int index = 0; index < text.length(); index++) {
      BufferedImage glyph = glyphs.get(text.charAt(index));
      if (glyph != null) {
        graphics.drawImage(glyph, left + index * advance - margin, top - margin, null);
      }
    }
  }

  int width(String text) {
    return text.length() * advance - (int) Math.round(unit * 1.9);
  }

  private BufferedImage draw(String strokes) {
    int width = (int) Math.ceil(unit * 4) + 2 * margin;
    int height = (int) Math.ceil(unit * 6) + 2 * margin;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    Path2D path = path(strokes);
    graphics.translate(margin, margin);
    graphics.setColor(new Color(0, 0, 0, 150));
    graphics.setStroke(stroke(unit * 2.1));
    graphics.draw(path);
    graphics.setColor(new Color(0xf4f6f2));
    graphics.setStroke(stroke(unit * 0.95));
    graphics.draw(path);
    graphics.dispose();
    return image;
  }

  private Path2D path(String strokes) {
    Path2D path = new Path2D.Double();
    for (String stroke : strokes.split("\\|", -1)) {
      boolean first = true;
      for (String point : stroke.split(" ", -1)) {
        double x = (point.charAt(0) - '0') * unit;
        double y = (point.charAt(1) - '0') * unit;
        if (first) {
          path.moveTo(x, y);
        } else {
          // A dot needs some length for its round ends to be drawn.
          path.lineTo(x + 0.01, y);
        }
        first = false;
      }
    }
    return path;
  }

  private static BasicStroke stroke(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
