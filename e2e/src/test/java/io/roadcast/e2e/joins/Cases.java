package io.roadcast.e2e.joins;

import io.roadcast.e2e.joins.FilmCamera.Sound;
import io.roadcast.e2e.joins.MediaRelay.Way;
import io.roadcast.media.ffmpeg.H264Encoder.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What can be measured, in sets that are asked for by name. */
final class Cases {
  /** Which page joins. */
  enum Page {
    /** The product's player. */
    PLAYER,
    /** A page that waits until it has gathered its candidates. */
    WAITING
  }

  /**
   * @param joins how many, spread evenly over the group of pictures
   * @param viewers that join at the same moment, each time
   * @param viewMillis how long each stays
   */
  record Case(
      String name,
      Film.Kind film,
      Sound sound,
      Page page,
      int joins,
      int viewers,
      int viewMillis,
      Way way) {
    Case with(Page other) {
      String called = name + ", page waits";
      return new Case(called, film, sound, other, joins, viewers, viewMillis, way);
    }

    Case with(Sound other) {
      String called = name + ", sound";
      return new Case(called, film, other, page, joins, viewers, viewMillis, way);
    }

    Case with(Way other) {
      String called = name + ", " + other;
      return new Case(called, film, sound, page, joins, viewers, viewMillis, other);
    }

    Case joined(int times) {
      return new Case(name, film, sound, page, times, viewers, viewMillis, way);
    }

    Case staying(int count, int millis) {
      String called = name + ", stays " + millis / 1000 + " s";
      return new Case(called, film, sound, page, count, viewers, millis, way);
    }

    Case together(int count) {
      String called = name + ", " + count + " at once";
      return new Case(called, film, sound, page, 5, count, viewMillis, way);
    }
  }

  private static final int USUAL_JOINS = 10;
  private static final int USUAL_VIEW = 2300;

  static final Film.Kind HD_1 = hd(1);
  static final Film.Kind HD_2 = hd(2);
  static final Film.Kind HD_4 = hd(4);
  static final Film.Kind HD_10 = hd(10);
  static final Film.Kind CIF_4 = cif(4);
  static final Film.Kind CIF_10 = cif(10);
  static final Film.Kind FULL_HD_4 =
      new Film.Kind("1080p 4 s", 1920, 1080, 4_000_000, 4, Profile.CONSTRAINED_BASELINE);
  static final Film.Kind MAIN_4 =
      new Film.Kind("720p 4 s Main", 1280, 720, 1_700_000, 4, Profile.MAIN);
  static final Film.Kind HIGH_4 =
      new Film.Kind("720p 4 s High", 1280, 720, 1_700_000, 4, Profile.HIGH);

  private Cases() {}

  static Map<String, List<Case>> sets() {
    return Map.of(
        "first", List.of(usual(HD_4), usual(HD_4).with(Page.WAITING)),
        "intervals", usual(HD_1, HD_2, HD_4, HD_10, CIF_4, CIF_10),
        "pictures", usual(FULL_HD_4, MAIN_4, HIGH_4),
        "waiting",
            List.of(
                usual(HD_4).with(Page.WAITING),
                usual(HD_10).with(Page.WAITING),
                usual(CIF_4).with(Page.WAITING)),
        "sound", List.of(usual(HD_4).with(Sound.HEARD), usual(CIF_4).with(Sound.HEARD)),
        "afterwards",
            List.of(
                usual(HD_4).staying(6, 8200),
                usual(HD_4).with(Sound.HEARD).staying(6, 8200),
                usual(HD_4).staying(1, 62_000),
                usual(HD_4).with(Sound.HEARD).staying(1, 62_000)),
        "together", List.of(usual(HD_4).together(5)),
        "network", network());
  }

  private static List<Case> usual(Film.Kind... films) {
    return Arrays.stream(films).map(Cases::usual).toList();
  }

  private static List<Case> network() {
    List<Case> cases = new ArrayList<>();
    for (Way way :
        List.of(
            new Way(0, 0, 0),
            new Way(10, 0, 0),
            new Way(10, 3, 0),
            new Way(10, 0, 1),
            new Way(50, 0, 0),
            new Way(50, 5, 2))) {
      cases.add(usual(HD_4).with(way));
    }
    return cases;
  }

  private static Case usual(Film.Kind film) {
    return new Case(
        film.name(), film, Sound.SILENT, Page.PLAYER, USUAL_JOINS, 1, USUAL_VIEW, Way.CLEAN);
  }

  private static Film.Kind hd(int gopSeconds) {
    return new Film.Kind(
        "720p " + gopSeconds + " s",
        1280,
        720,
        1_700_000,
        gopSeconds,
        Profile.CONSTRAINED_BASELINE);
  }

  private static Film.Kind cif(int gopSeconds) {
    return new Film.Kind(
        "CIF " + gopSeconds + " s", 352, 288, 400_000, gopSeconds, Profile.CONSTRAINED_BASELINE);
  }
}
