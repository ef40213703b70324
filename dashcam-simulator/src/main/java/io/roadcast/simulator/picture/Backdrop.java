package io.roadcast.simulator.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Sky, sun or stars, and what stands at the horizon: painted once, wider than the picture. */
final class Backdrop {
  private static final double MARGIN_SHARE = 0.35;

  private final BufferedImage image;
  private final int margin;
  private final int width;
  private final int horizon;
  private final SceneLook look;
  private final Random random;

  /**
   * @param horizon the horizon's row
   */
  Backdrop(SceneLook look, int width, int horizon, int height) {
    this.look = look;
    this.horizon = horizon;
    margin = (int) (width * MARGIN_SHARE);
    this.width = width + 2 * margin;
    random = new Random(look.plate().hashCode());
    image = new BufferedImage(this.width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    paintSky(graphics, height);
    switch (look.daylight()) {
      case DAY -> paintClouds(graphics);
      case DUSK -> paintSun(graphics);
      case NIGHT -> paintStars(graphics);
    }
    switch (look.surroundings()) {
      case COUNTRY -> paintRidges(graphics, 0.10, 3);
      case HIGHLAND -> paintRidges(graphics, 0.24, 3);
      case CITY -> {
        paintRidges(graphics, 0.07, 1);
        paintSkyline(graphics);
      }
    }
    graphics.dispose();
  }

  /** Draws it shifted to the right by so many pixels, as far as it reaches. */
  void draw(Graphics2D graphics, double shift) {
    int bounded = (int) Math.round(Math.clamp(shift, -margin, margin));
    graphics.drawImage(image, bounded - margin, 0, null);
  }

  private void paintSky(Graphics2D graphics, int height) {
    graphics.setPaint(
        new LinearGradientPaint(
            0,
            0,
            0,
            horizon,
            new float[] {0, 0.55f, 1},
            new Color[] {
              new Color(look.skyTop()),
              new Color(SceneLook.mix(look.skyTop(), look.skyLow(), 0.55)),
              new Color(look.skyLow())
            }));
    graphics.fillRect(0, 0, width, height);
  }

  private void paintSun(Graphics2D graphics) {
    double x = width * 0.56;
    double y = horizon * 0.80;
    double radius = horizon * 1.1;
    graphics.setPaint(
        new RadialGradientPaint(
            (float) x,
            (float) y,
            (float) radius,
            new float[] {0, 0.12f, 0.4f, 1},
            new Color[] {
              new Color(255, 244, 214, 255),
              new Color(255, 214, 140, 190),
              new Color(255, 170, 100, 70),
              new Color(255, 160, 100, 0)
            }));
    graphics.fill(circle(x, y, radius));
    graphics.setColor(new Color(0xfff6df));
    graphics.fill(circle(x, y, horizon * 0.085));
    for (int band = 0; band < 7; band++) {
      double top = horizon * (0.30 + 0.085 * band);
      double left = random.nextDouble() * width * 0.8;
      graphics.setColor(new Color(255, 190, 140, 46));
      graphics.fill(
          new Ellipse2D.Double(
              left, top, width * (0.2 + 0.2 * random.nextDouble()), horizon * 0.03));
    }
  }

  private void paintStars(Graphics2D graphics) {
    for (int star = 0; star < 110; star++) {
      int light = 90 + random.nextInt(130);
      graphics.setColor(new Color(light, light, Math.min(255, light + 20)));
      double size = 0.6 + random.nextDouble() * horizon / 190.0;
      double y = random.nextDouble() * horizon * 0.75;
      graphics.fill(circle(random.nextDouble() * width, y, size / 2 + 0.3));
    }
    double x = width * 0.63;
    double y = horizon * 0.42;
    graphics.setPaint(
        new RadialGradientPaint(
            (float) x,
            (float) y,
            horizon * 0.42f,
            new float[] {0, 1},
            new Color[] {new Color(210, 220, 245, 90), new Color(210, 220, 245, 0)}));
    graphics.fill(circle(x, y, horizon * 0.42));
    graphics.setColor(new Color(0xe9edf4));
    graphics.fill(circle(x, y, horizon * 0.065));
  }

  private void paintClouds(Graphics2D graphics) {
    for (int cloud = 0; cloud < 9; cloud++) {
      double x = random.nextDouble() * width;
      double y = horizon * (0.28 + 0.42 * random.nextDouble());
      double size = horizon * (0.05 + 0.06 * random.nextDouble());
      Area shape = new Area();
      for (int puff = 0; puff < 7; puff++) {
        double part = puff / 6.0 - 0.5;
        double radius = size * (1.1 - 1.5 * part * part + 0.2 * random.nextDouble());
        shape.add(
            new Area(
                new Ellipse2D.Double(
                    x + part * size * 6 - radius * 1.3,
                    y - radius * 0.55,
                    radius * 2.6,
                    radius * 1.1)));
      }
      graphics.setColor(new Color(255, 255, 255, 150));
      graphics.fill(shape);
    }
  }

  private void paintRidges(Graphics2D graphics, double height, int ridges) {
    for (int ridge = 0; ridge < ridges; ridge++) {
      double share = ridges == 1 ? 1 : (double) ridge / (ridges - 1);
      double tall = horizon * height * (1 - 0.45 * share);
      graphics.setColor(new Color(SceneLook.mix(look.haze(), look.hills(), 0.35 + 0.65 * share)));
      graphics.fill(ridge(tall, random.nextDouble() * 40));
    }
  }

  private Path2D ridge(double tall, double phase) {
    Path2D path = new Path2D.Double();
    path.moveTo(0, image.getHeight());
    for (int x = 0; x <= width + 6; x += 6) {
      double at = (double) x / horizon;
      double shape =
          0.55
              + 0.25 * Math.sin(at * 1.9 + phase)
              + 0.14 * Math.sin(at * 4.7 + phase * 2)
              + 0.06 * Math.sin(at * 11.3 + phase * 3);
      path.lineTo(x, horizon - tall * shape);
    }
    path.lineTo(width, image.getHeight());
    path.closePath();
    return path;
  }

  private void paintSkyline(Graphics2D graphics) {
    for (int row = 0; row < 2; row++) {
      double x = -10;
      int colour = SceneLook.mix(look.skyLow(), look.hills(), row == 0 ? 0.55 : 0.9);
      while (x < width) {
        double wide = horizon * (0.08 + 0.12 * random.nextDouble());
        double tall = horizon * (0.12 + (row == 0 ? 0.38 : 0.22) * random.nextDouble());
        graphics.setColor(new Color(colour));
        graphics.fillRect((int) x, (int) (horizon - tall), (int) wide, (int) tall + 4);
        paintWindows(graphics, x, horizon - tall, wide, tall);
        x += wide * (0.9 + 0.5 * random.nextDouble());
      }
    }
  }

  private void paintWindows(
      Graphics2D graphics, double left, double top, double wide, double tall) {
    int pitch = Math.max(4, horizon / 26);
    int pane = Math.max(2, pitch / 2);
    for (int y = (int) top + pane; y < top + tall - pane; y += pitch) {
      for (int x = (int) left + pane; x < left + wide - pane; x += pitch) {
        if (random.nextInt(100) < 38) {
          int warm = random.nextInt(60);
          graphics.setColor(new Color(225, 190 - warm / 2, 130 - warm, 150 + random.nextInt(70)));
          graphics.fillRect(x, y, pane, pane);
        }
      }
    }
  }

  static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
