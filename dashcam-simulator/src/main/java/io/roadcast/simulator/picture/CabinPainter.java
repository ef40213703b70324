package io.roadcast.simulator.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;

/** What does not move: headlights on the road, the bonnet, darker corners, the strip for codes. */
final class CabinPainter {
  private final BufferedImage image;

  CabinPainter(SceneLook look, int width, int height, int strip) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    if (look.daylight() == SceneLook.Daylight.NIGHT) {
      paintHeadlights(graphics, width, height);
    }
    paintCorners(graphics, width, height);
    paintBonnet(graphics, look, width, height);
    graphics.setColor(new Color(10, 12, 14, 165));
    graphics.fillRect(0, 0, width, strip);
    graphics.dispose();
  }

  void draw(Graphics2D graphics) {
    graphics.drawImage(image, 0, 0, null);
  }

  private static void paintHeadlights(Graphics2D graphics, int width, int height) {
    graphics.setPaint(
        new RadialGradientPaint(
            width * 0.5f,
            height * 0.98f,
            width * 0.52f,
            new float[] {0, 0.45f, 0.75f, 1},
            new Color[] {
              new Color(255, 240, 205, 92),
              new Color(255, 238, 205, 60),
              new Color(255, 236, 205, 20),
              new Color(255, 236, 205, 0)
            }));
    Path2D cone = new Path2D.Double();
    cone.moveTo(width * 0.02, height);
    cone.quadTo(width * 0.30, height * 0.60, width * 0.47, height * 0.53);
    cone.quadTo(width * 0.56, height * 0.505, width * 0.64, height * 0.53);
    cone.quadTo(width * 0.82, height * 0.62, width, height * 0.93);
    cone.lineTo(width, height);
    cone.closePath();
    graphics.fill(cone);
  }

  private static void paintCorners(Graphics2D graphics, int width, int height) {
    graphics.setPaint(
        new RadialGradientPaint(
            width * 0.5f,
            height * 0.5f,
            width * 0.66f,
            new float[] {0, 0.62f, 1},
            new Color[] {new Color(0, 0, 0, 0), new Color(0, 0, 0, 0), new Color(0, 0, 0, 105)}));
    graphics.fillRect(0, 0, width, height);
  }

  private static void paintBonnet(Graphics2D graphics, SceneLook look, int width, int height) {
    Path2D bonnet = new Path2D.Double();
    bonnet.moveTo(0, height);
    bonnet.lineTo(0, height * 0.935);
    bonnet.curveTo(
        width * 0.16, height * 0.868, width * 0.34, height * 0.848, width * 0.5, height * 0.846);
    bonnet.curveTo(
        width * 0.66, height * 0.848, width * 0.84, height * 0.868, width, height * 0.935);
    bonnet.lineTo(width, height);
    bonnet.closePath();
    int shine = SceneLook.mix(0x1a1d21, look.skyLow(), 0.30);
    graphics.setPaint(
        new LinearGradientPaint(
            0,
            height * 0.845f,
            0,
            height,
            new float[] {0, 0.16f, 1},
            new Color[] {new Color(shine), new Color(0x1b1e22), new Color(0x0b0d0f)}));
    graphics.fill(bonnet);
    graphics.setStroke(new java.awt.BasicStroke(Math.max(1f, height / 360f)));
    graphics.setColor(new Color(SceneLook.mix(shine, 0xffffff, 0.25)));
    Path2D rim = new Path2D.Double();
    rim.moveTo(0, height * 0.935);
    rim.curveTo(
        width * 0.16, height * 0.868, width * 0.34, height * 0.848, width * 0.5, height * 0.846);
    rim.curveTo(width * 0.66, height * 0.848, width * 0.84, height * 0.868, width, height * 0.935);
    graphics.draw(rim);
  }
}
