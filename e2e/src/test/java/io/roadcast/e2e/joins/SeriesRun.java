package io.roadcast.e2e.joins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.e2e.browser.Browser;
import io.roadcast.e2e.joins.Cases.Case;
import io.roadcast.e2e.joins.MediaRelay.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Has a browser join a camera's stream again and again, evenly spread over a group of pictures. */
final class SeriesRun {
  private static final Duration PREPARATION = Duration.ofMillis(150);
  private static final int WARM_UPS = 3;
  private static final int WARM_UP_MILLIS = 500;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String url;
  private final int mediaPort;
  private final int jt1078Port;
  private final Browser browser;

  /**
   * @param url of the server, without a slash at the end
   * @param mediaPort where viewers send to
   */
  SeriesRun(String url, int mediaPort, int jt1078Port, Browser browser) {
    this.url = url;
    this.mediaPort = mediaPort;
    this.jt1078Port = jt1078Port;
    this.browser = browser;
  }

  Series series(Case each, Film film, String terminal) throws Exception {
    List<Join> all = new ArrayList<>();
    String stream = terminal + "-1";
    try (FilmCamera camera =
            FilmCamera.start(film, each.sound(), "127.0.0.1", jt1078Port, terminal);
        MediaRelay relay = MediaRelay.start(each.way(), mediaPort)) {
      camera.awaitGroupOfPictures();
      openPage(each.way(), relay);
      List<Double> parts = parts(each.joins());
      for (int i = 0; i < WARM_UPS; i++) {
        join(each, camera, stream, soonest(parts, camera), WARM_UP_MILLIS);
      }
      while (!parts.isEmpty()) {
        double next = soonest(parts, camera);
        parts.remove(next);
        all.addAll(join(each, camera, stream, next, each.viewMillis()));
      }
    }
    return new Series(each.name(), all);
  }

  /** Evenly spread over the group of pictures. */
  private static List<Double> parts(int count) {
    List<Double> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add((i + 0.5) / count);
    }
    return parts;
  }

  private static double soonest(List<Double> parts, FilmCamera camera) {
    return parts.stream()
        .min(Comparator.comparingDouble(part -> camera.momentOf(part, PREPARATION)))
        .orElseThrow();
  }

  /** A plain document of the server's origin, so that nothing but the player is in the page. */
  private void openPage(Way way, MediaRelay relay) {
    browser.open(url + "/player/roadcast-player.js");
    browser.load("join.js");
    browser.await(
        """
        document.body.replaceChildren();
        await import(location.origin + '/player/roadcast-player.js');
        if (arguments[0]) window.relayMedia(arguments[1], arguments[2]);
        return 1;
        """,
        way != Way.CLEAN,
        relay.port(),
        way.delayMillis());
  }

  private List<Join> join(
      Case each, FilmCamera camera, String stream, double part, int viewMillis) {
    double at = camera.momentOf(part, PREPARATION);
    Object told =
        browser.await(
            "return window.joinStream(arguments[0], arguments[1], arguments[2], arguments[3],"
                + " arguments[4]);",
            each.page().name().toLowerCase(Locale.ROOT),
            stream,
            each.viewers(),
            at,
            viewMillis);
    List<Join> joins = new ArrayList<>();
    for (JsonNode one : MAPPER.<JsonNode>valueToTree(told)) {
      joins.add(Join.of(one, camera));
    }
    return joins;
  }
}
