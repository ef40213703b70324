package io.roadcast.simulator.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** The ground, the road on it and its markings. */
final class RoadPainter {
  private static final double NEAREST = 2.2;
  private static final double FARTHEST = 260;
  private static final double HALF_ROAD = 4.6;
  private static final double LINE_AT = 4.0;
  private static final double BAND_METRES = 16;
  private static final double DASH_PERIOD = 12;
  private static final double DASH_METRES = 5;

  private enum Layer {
    GROUND,
    VERGE,
    ASPHALT,
    LINES
  }

  private final SceneLook look;
  private final Perspective view;
  private final int width;

  RoadPainter(SceneLook look, Perspective view, int width) {
    this.look = look;
    this.view = view;
    this.width = width;
  }

  void draw(Graphics2D graphics, double distance) {
    // All of the ground before the road, or the ground of a near band would cut the far road.
    for (Layer layer : Layer.values()) {
      double ahead = FARTHEST;
      while (ahead > NEAREST) {
        double next = Math.max(NEAREST, nextEdge(distance, ahead));
        drawBand(graphics, layer, distance, ahead, next);
        ahead = next;
      }
    }
    drawDashes(graphics, distance);
  }

  /** The next border between light and dark ground towards us, or a part of the way to it. */
  private static double nextEdge(double distance, double ahead) {
    double edge = Math.ceil((distance + ahead) / BAND_METRES - 1e-6) * BAND_METRES - BAND_METRES;
    return Math.max(edge - distance, ahead * 0.80);
  }

  private void drawBand(
      Graphics2D graphics, Layer layer, double distance, double far, double near) {
    double middle = (far + near) / 2;
    boolean light = Math.floorMod((long) Math.floor((distance + middle) / BAND_METRES), 2L) == 0;
    int ground = look.far(light ? look.groundLight() : look.groundDark(), middle);
    switch (layer) {
      case GROUND -> {
        graphics.setColor(new Color(ground));
        int top = (int) Math.floor(view.y(0, far)) - 1;
        int bottom = (int) Math.ceil(view.y(0, near)) + 1;
        graphics.fillRect(0, top, width, bottom - top);
      }
      case VERGE -> {
        graphics.setColor(new Color(look.far(SceneLook.mix(look.asphalt(), ground, 0.55), middle)));
        graphics.fill(quad(-HALF_ROAD - 0.9, HALF_ROAD + 0.9, far, near));
      }
      case ASPHALT -> {
        int asphalt = light ? look.asphalt() : SceneLook.mix(look.asphalt(), 0, 0.025);
        graphics.setColor(new Color(look.far(asphalt, middle)));
        graphics.fill(quad(-HALF_ROAD, HALF_ROAD, far, near));
      }
      case LINES -> {
        graphics.setColor(new Color(look.far(look.marking(), middle * 1.4)));
        graphics.fill(quad(-LINE_AT - 0.09, -LINE_AT + 0.09, far, near));
        graphics.fill(quad(LINE_AT - 0.09, LINE_AT + 0.09, far, near));
      }
    }
  }

  private void drawDashes(Graphics2D graphics, double distance) {
    double first = Math.floor(distance / DASH_PERIOD) * DASH_PERIOD - distance;
    for (double start = first + DASH_PERIOD * 13; start > first - 1; start -= DASH_PERIOD) {
      double near = Math.max(NEAREST, start);
      double far = start + DASH_METRES;
      if (far > NEAREST) {
        graphics.setColor(new Color(look.far(look.marking(), near * 1.4)));
        graphics.fill(quad(-0.08, 0.08, far, near));
      }
    }
  }

  private Path2D quad(double left, double right, double far, double near) {
    Path2D path = new Path2D.Double();
    double top = view.y(0, far);
    // Neighbours overlap by a row, or the ground would shine through between them.
    double bottom = view.y(0, near) + 1;
    path.moveTo(view.x(left, far), top);
    path.lineTo(view.x(right, far), top);
    path.lineTo(view.x(right, near), bottom);
    path.lineTo(view.x(left, near), bottom);
    path.closePath();
    return path;
  }
}
