package io.roadcast.simulator.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** What stands beside the road at fixed places along it: trees, posts, lamps, buildings. */
final class RoadsidePainter {
  /** Things stand on a grid along the road; each grid place decides by its number what it holds. */
  static final double GRID_METRES = 9;

  private final SceneLook look;
  private final Perspective view;

  RoadsidePainter(SceneLook look, Perspective view) {
    this.look = look;
    this.view = view;
  }

  /** Draws what stands at a place of the grid. */
  void draw(Graphics2D graphics, long place, double ahead) {
    if (Math.floorMod(place, 3L) == 0) {
      drawPost(graphics, -5.4, ahead);
      drawPost(graphics, 5.4, ahead);
    }
    switch (look.surroundings()) {
      case COUNTRY -> drawTrees(graphics, place, ahead, 100);
      case HIGHLAND -> drawTrees(graphics, place, ahead, 46);
      case CITY -> {
        drawTrees(graphics, place, ahead, 22);
        if (Math.floorMod(place, 4L) == 1) {
          drawLamp(graphics, -1, ahead);
          drawLamp(graphics, 1, ahead);
        }
      }
    }
  }

  private void drawTrees(Graphics2D graphics, long place, double ahead, int perHundred) {
    for (int side = -1; side <= 1; side += 2) {
      int chance = hash(place * 2 + side);
      if (chance % 100 < perHundred) {
        double right = side * (8.5 + chance / 100 % 90 / 10.0);
        double tall = 4.5 + chance / 7 % 40 / 10.0;
        drawTree(graphics, right, ahead, tall, chance / 13 % 3 == 0);
      }
    }
  }

  private void drawTree(
      Graphics2D graphics, double right, double ahead, double tall, boolean conifer) {
    double scale = view.scale(ahead);
    double x = view.x(right, ahead);
    double foot = view.y(0, ahead);
    double size = tall * scale;
    graphics.setColor(new Color(0, 0, 0, look.daylight() == SceneLook.Daylight.DAY ? 42 : 26));
    graphics.fill(
        new Ellipse2D.Double(x - size * 0.3, foot - size * 0.035, size * 0.8, size * 0.07));
    graphics.setColor(new Color(look.far(SceneLook.mix(look.leafDark(), 0x4a3826, 0.6), ahead)));
    graphics.fill(
        new Rectangle2D.Double(x - size * 0.03, foot - size * 0.35, size * 0.06, size * 0.35));
    Color dark = new Color(look.far(look.leafDark(), ahead));
    Color light = new Color(look.far(look.leafLight(), ahead));
    if (conifer) {
      graphics.setColor(dark);
      graphics.fill(triangle(x, foot - size * 1.05, size * 0.27, size * 0.9));
      graphics.setColor(light);
      graphics.fill(triangle(x - size * 0.05, foot - size * 0.98, size * 0.13, size * 0.7));
    } else {
      graphics.setColor(dark);
      graphics.fill(Backdrop.circle(x + size * 0.13, foot - size * 0.50, size * 0.24));
      graphics.fill(Backdrop.circle(x - size * 0.16, foot - size * 0.48, size * 0.22));
      graphics.fill(Backdrop.circle(x, foot - size * 0.72, size * 0.27));
      graphics.setColor(light);
      graphics.fill(Backdrop.circle(x - size * 0.06, foot - size * 0.75, size * 0.18));
      graphics.fill(Backdrop.circle(x - size * 0.18, foot - size * 0.53, size * 0.12));
    }
  }

  private static Path2D triangle(double x, double top, double half, double tall) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, top);
    path.lineTo(x + half, top + tall);
    path.lineTo(x - half, top + tall);
    path.closePath();
    return path;
  }

  private void drawPost(Graphics2D graphics, double right, double ahead) {
    double scale = view.scale(ahead);
    double x = view.x(right, ahead);
    double foot = view.y(0, ahead);
    double tall = 0.95 * scale;
    boolean night = look.daylight() == SceneLook.Daylight.NIGHT;
    graphics.setColor(new Color(look.far(night ? 0x565b60 : 0xe8e8e2, ahead)));
    graphics.fill(new Rectangle2D.Double(x - 0.06 * scale, foot - tall, 0.12 * scale, tall));
    graphics.setColor(new Color(look.far(night ? 0xffd9a0 : 0xd0542c, ahead)));
    graphics.fill(
        new Rectangle2D.Double(x - 0.06 * scale, foot - tall * 0.85, 0.12 * scale, tall * 0.2));
  }

  private void drawLamp(Graphics2D graphics, int side, double ahead) {
    double scale = view.scale(ahead);
    double x = view.x(side * 6.6, ahead);
    double foot = view.y(0, ahead);
    double top = view.y(7.5, ahead);
    double head = view.x(side * 4.2, ahead);
    graphics.setColor(new Color(look.far(0x3a4048, ahead)));
    graphics.fill(new Rectangle2D.Double(x - 0.07 * scale, top, 0.14 * scale, foot - top));
    graphics.fill(new Rectangle2D.Double(Math.min(x, head), top, Math.abs(x - head), 0.12 * scale));
    double glow = Math.min(1.5 * scale, 160);
    if (glow > 1.2) {
      graphics.setPaint(
          new RadialGradientPaint(
              (float) head,
              (float) top,
              (float) glow,
              new float[] {0, 0.18f, 1},
              new Color[] {
                new Color(255, 240, 205, 240),
                new Color(255, 214, 150, 110),
                new Color(255, 200, 130, 0)
              }));
      graphics.fill(Backdrop.circle(head, top, glow));
    }
    graphics.setColor(new Color(255, 205, 140, 22));
    graphics.fill(
        new Ellipse2D.Double(
            view.x(side * 2.0, ahead) - 3.4 * scale,
            foot - 0.10 * scale,
            6.8 * scale,
            0.5 * scale));
  }

  /** A number 0 and up that always is the same for the same key. */
  static int hash(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    mixed ^= mixed >>> 29;
    mixed *= 0xBF58476D1CE4E5B9L;
    return (int) (mixed >>> 33);
  }
}
