package io.roadcast.simulator.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** Other vehicles: one ahead in our lane, and those that come towards us. */
final class TrafficPainter {
  static final double OUR_LANE = 1.95;
  static final double OTHER_LANE = -2.0;

  private static final int[] BODIES = {0xb8bcc2, 0x7d2323, 0x27476e, 0xe6e6e2, 0x2d3034, 0x9a8350};

  private final SceneLook look;
  private final Perspective view;
  private final boolean lit;

  TrafficPainter(SceneLook look, Perspective view) {
    this.look = look;
    this.view = view;
    lit = look.daylight() != SceneLook.Daylight.DAY;
  }

  /** A car seen from behind. */
  void drawAhead(Graphics2D graphics, double ahead, int kind, double braking) {
    double scale = view.scale(ahead);
    double x = view.x(OUR_LANE, ahead);
    double foot = view.y(0, ahead);
    drawBody(graphics, x, foot, scale, BODIES[kind % BODIES.length], ahead);
    int red = (int) (150 + 105 * braking);
    for (int side = -1; side <= 1; side += 2) {
      double at = x + side * 0.66 * scale;
      graphics.setColor(new Color(red, 22, 20));
      graphics.fill(rounded(at - 0.17 * scale, foot - 0.86 * scale, 0.34 * scale, 0.15 * scale));
      if (lit || braking > 0.5) {
        glow(graphics, at, foot - 0.78 * scale, 0.55 * scale, 255, 40, 30, 120);
      }
    }
    graphics.setColor(new Color(look.far(0xe9e7dc, ahead)));
    graphics.fill(rounded(x - 0.24 * scale, foot - 0.52 * scale, 0.48 * scale, 0.14 * scale));
  }

  /** A car that comes towards us. */
  void drawOncoming(Graphics2D graphics, double ahead, int kind) {
    double scale = view.scale(ahead);
    double x = view.x(OTHER_LANE, ahead);
    double foot = view.y(0, ahead);
    drawBody(graphics, x, foot, scale, BODIES[kind % BODIES.length], ahead);
    graphics.setColor(new Color(look.far(0x1c1e20, ahead)));
    graphics.fill(rounded(x - 0.45 * scale, foot - 0.62 * scale, 0.9 * scale, 0.18 * scale));
    for (int side = -1; side <= 1; side += 2) {
      double at = x + side * 0.64 * scale;
      graphics.setColor(new Color(lit ? 0xfffbe8 : 0xf1efe6));
      graphics.fill(rounded(at - 0.17 * scale, foot - 0.80 * scale, 0.34 * scale, 0.17 * scale));
      if (lit) {
        double radius = Math.min(1.3 * scale + 3, 120);
        glow(graphics, at, foot - 0.72 * scale, radius, 255, 244, 214, 190);
      }
    }
  }

  private void drawBody(
      Graphics2D graphics, double x, double foot, double scale, int colour, double ahead) {
    int shade = lit ? SceneLook.mix(colour, 0x101318, 0.72) : colour;
    graphics.setColor(new Color(0, 0, 0, 95));
    graphics.fill(
        new Ellipse2D.Double(x - 1.05 * scale, foot - 0.13 * scale, 2.1 * scale, 0.26 * scale));
    graphics.setColor(new Color(look.far(0x141516, ahead)));
    graphics.fill(rounded(x - 0.84 * scale, foot - 0.42 * scale, 0.3 * scale, 0.42 * scale));
    graphics.fill(rounded(x + 0.54 * scale, foot - 0.42 * scale, 0.3 * scale, 0.42 * scale));
    graphics.setColor(new Color(look.far(shade, ahead)));
    graphics.fill(rounded(x - 0.9 * scale, foot - 1.0 * scale, 1.8 * scale, 0.76 * scale));
    graphics.fill(cabin(x, foot, scale, 1.0));
    graphics.setColor(new Color(look.far(lit ? 0x0d1116 : 0x2a3a46, ahead)));
    graphics.fill(cabin(x, foot - 0.04 * scale, scale, 0.83));
    graphics.setColor(new Color(look.far(SceneLook.mix(shade, 0, 0.35), ahead)));
    graphics.fill(rounded(x - 0.88 * scale, foot - 0.38 * scale, 1.76 * scale, 0.14 * scale));
  }

  private static Path2D cabin(double x, double foot, double scale, double share) {
    Path2D path = new Path2D.Double();
    double low = foot - 0.96 * scale;
    double top = low - 0.52 * scale * share;
    path.moveTo(x - 0.78 * share * scale, low);
    path.lineTo(x - 0.58 * share * scale, top);
    path.lineTo(x + 0.58 * share * scale, top);
    path.lineTo(x + 0.78 * share * scale, low);
    path.closePath();
    return path;
  }

  private static RoundRectangle2D rounded(double x, double y, double wide, double tall) {
    double arc = Math.min(wide, tall) * 0.6;
    return new RoundRectangle2D.Double(x, y, wide, tall, arc, arc);
  }

  private static void glow(
      Graphics2D graphics,
      double x,
      double y,
      double radius,
      int red,
      int green,
      int blue,
      int strength) {
    if (radius < 1) {
      return;
    }
    graphics.setPaint(
        new RadialGradientPaint(
            (float) x,
            (float) y,
            (float) radius,
            new float[] {0, 0.25f, 1},
            new Color[] {
              new Color(red, green, blue, strength),
              new Color(red, green, blue, strength / 3),
              new Color(red, green, blue, 0)
            }));
    graphics.fill(Backdrop.circle(x, y, radius));
  }
}
