package io.roadcast.simulator.picture;

import io.roadcast.simulator.route.Route;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Draws what the camera of one scene sees at any moment: the road, what a dashcam prints over it,
 * the codes of {@link FrameCounterCode} and the dot of {@link Flash}. One object serves one thread;
 * its pixels are drawn over with each picture.
 */
public final class DashcamPicture {
  private static final double FARTHEST_PLACE = 210;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final int width;
  private final int height;
  private final int cell;
  private final SceneLook look;
  private final RoadCourse course;
  private final Route route;
  private final Perspective view;
  private final Backdrop backdrop;
  private final RoadPainter road;
  private final RoadsidePainter roadside;
  private final TrafficPainter traffic;
  private final CabinPainter cabin;
  private final OsdFont font;
  private final ZoneId zone = ZoneId.systemDefault();
  private final int[] pixels;
  private final Graphics2D graphics;

  /**
   * @param scene number of the scene, 0 and up; scenes differ in time of day, land and plate
   */
  public DashcamPicture(int width, int height, int scene) {
    this.width = width;
    this.height = height;
    cell = FrameCounterCode.cell(width, height);
    look = SceneLook.of(scene);
    course = new RoadCourse(scene);
    route = Route.ofScene(scene);
    view = new Perspective(course, width, height);
    backdrop = new Backdrop(look, width, (int) Math.round(view.horizon()), height);
    road = new RoadPainter(look, view, width);
    roadside = new RoadsidePainter(look, view);
    traffic = new TrafficPainter(look, view);
    cabin = new CabinPainter(look, width, height, 2 * cell);
    font = new OsdFont(Math.max(7, height / 28));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** The number plate that the picture of a scene shows. */
  public static String plate(int scene) {
    return SceneLook.of(scene).plate();
  }

  /**
   * Draws the picture of one moment.
   *
   * @param counter number of the picture
   * @param timeMillis the stream's time, which moves the vehicle and lights the dot
   * @param wallClock what the clock on the picture and its code say
   * @return pixels 0xRRGGBB row by row, valid until the next call
   */
  public int[] draw(long counter, long timeMillis, Instant wallClock) {
    double seconds = timeMillis / 1000.0;
    double distance = course.distance(seconds);
    view.moveTo(distance);
    backdrop.draw(graphics, -course.heading(distance) * view.focal() * 0.8);
    road.draw(graphics, distance);
    drawThings(distance, seconds);
    cabin.draw(graphics);
    drawFlash(timeMillis);
    drawText(seconds, distance, wallClock);
    FrameCounterCode.write(
        pixels,
        width,
        height,
        new FrameCounterCode.Reading(
            (int) Math.floorMod(counter, (long) FrameCounterCode.COUNTER_LIMIT),
            wallClock.toEpochMilli() & 0xffffffffL));
    return pixels;
  }

  /** The far before the near, so that the near covers it. */
  private void drawThings(double distance, double seconds) {
    double grid = RoadsidePainter.GRID_METRES;
    long first = (long) Math.ceil((distance + 3) / grid);
    long last = (long) Math.floor((distance + FARTHEST_PLACE) / grid);
    double lead = 24 + 9 * Math.sin(seconds / 7.3);
    double braking = Math.cos(seconds / 7.3) < -0.55 ? 1 : 0;
    double gap = 165;
    double closing = 36;
    long car = (long) Math.floor(seconds * closing / gap);
    double oncoming = (car + 1) * gap - seconds * closing + 3;
    double before = Double.MAX_VALUE;
    for (long place = last; place >= first; place--) {
      double ahead = place * grid - distance;
      if (oncoming < before && oncoming >= ahead) {
        traffic.drawOncoming(graphics, oncoming, RoadsidePainter.hash(car));
      }
      if (lead < before && lead >= ahead) {
        traffic.drawAhead(graphics, lead, look.plate().hashCode() & 0xff, braking);
      }
      roadside.draw(graphics, place, ahead);
      before = ahead;
    }
    if (oncoming < before) {
      traffic.drawOncoming(graphics, oncoming, RoadsidePainter.hash(car));
    }
  }

  private void drawFlash(long timeMillis) {
    double x = width - 2 * cell;
    graphics.setColor(Flash.isLit(timeMillis) ? Color.WHITE : new Color(0x3a1416));
    graphics.fill(Backdrop.circle(x, cell, cell * 0.9));
  }

  private void drawText(double seconds, double distance, Instant wallClock) {
    int letter = Math.max(7, height / 28);
    int left = letter;
    int top = 2 * cell + letter;
    font.draw(graphics, CLOCK.format(wallClock.atZone(zone)), left, top);
    right("REC", width - 4 * cell, cell - letter / 2);
    right(look.route(), width - left, top);
    int bottom = height - 2 * letter;
    font.draw(graphics, look.plate(), left, bottom);
    Route.Place here = route.at(distance);
    String place = String.format(Locale.ROOT, "N%.5f E%.5f", here.latitude(), here.longitude());
    font.draw(graphics, place, (width - font.width(place)) / 2, bottom);
    long speed = Math.round(course.speed(seconds) * 3.6);
    right(speed + " KM/H", width - left, bottom);
  }

  private void right(String text, int edge, int top) {
    font.draw(graphics, text, edge - font.width(text), top);
  }
}
