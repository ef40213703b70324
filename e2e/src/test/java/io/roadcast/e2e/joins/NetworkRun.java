package io.roadcast.e2e.joins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.roadcast.e2e.browser.Browser;
import io.roadcast.e2e.joins.FilmCamera.Sound;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One viewer, a Chromium or a load viewer, that watches a camera through a relay.
 *
 * @param url of the server
 * @param mainPort where it takes main streams
 * @param subPort where it takes sub-streams
 */
record NetworkRun(String url, int mediaPort, int mainPort, int subPort, Film main, Film sub) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final double SETTLED_MILLIS = 4_000;

  /** A narrow path has shown what it is. */
  private static final double LONG_SETTLED_MILLIS = 15_000;

  /** A picture that a load viewer has not got so long after the camera sent it does not count. */
  private static final double MOST_AGE = 2_000;

  private interface Watching {
    NetworkView watch(
        FilmCamera camera, @Nullable FilmCamera smaller, MediaRelay relay, Light light)
        throws Exception;
  }

  /** When it becomes light again after the blackout, ms since 1970; NaN without one. */
  private record Light(CompletableFuture<Double> ended) {
    double millis() {
      return ended.getNow(Double.NaN);
    }
  }

  /** What a Chromium sees. */
  NetworkView view(NetworkCase each, Browser browser, String terminal) throws Exception {
    return watch(
        each,
        terminal,
        (camera, smaller, relay, light) -> {
          openPage(browser, relay, each);
          double start = System.currentTimeMillis() + 300.0;
          CompletableFuture<String> quality = qualityAtTheEnd(each, terminal);
          Object told =
              browser.await(
                  "return window.joinStream('player', ...arguments);",
                  terminal + "-1",
                  1,
                  start,
                  each.viewMillis(),
                  settled(each));
          JsonNode viewer = MAPPER.<JsonNode>valueToTree(told).path(0);
          return NetworkView.of(viewer, camera, smaller, light.millis(), end(quality));
        });
  }

  /** What a load viewer sees. */
  NetworkView load(NetworkCase each, String terminal) throws Exception {
    URI endpoint = URI.create(url + "/whep/" + terminal + "-1");
    return watch(
        each,
        terminal,
        (camera, smaller, relay, light) -> {
          CompletableFuture<String> quality = qualityAtTheEnd(each, terminal);
          double begun = System.currentTimeMillis();
          LoadView.Seen seen =
              new LoadView(endpoint, relay.port(), each.way().delayMillis())
                  .watch(
                      smaller == null ? List.of(camera) : List.of(camera, smaller),
                      each.viewMillis());
          NetworkView.Span span =
              new NetworkView.Span(
                  begun + settled(each), begun + each.viewMillis() - MOST_AGE, light.millis());
          return NetworkView.of(seen, camera, span, end(quality));
        });
  }

  private NetworkView watch(NetworkCase each, String terminal, Watching watching) throws Exception {
    try (FilmCamera camera = FilmCamera.start(main, Sound.SILENT, "127.0.0.1", mainPort, terminal);
        MediaRelay relay = MediaRelay.start(each.way(), mediaPort)) {
      if (each.sub() == NetworkCase.Sub.ABSENT) {
        return watch(each, watching, camera, null, relay);
      }
      try (FilmCamera smaller =
          FilmCamera.start(sub, Sound.SILENT, "127.0.0.1", subPort, terminal)) {
        return watch(each, watching, camera, smaller, relay);
      }
    }
  }

  private static NetworkView watch(
      NetworkCase each,
      Watching watching,
      FilmCamera camera,
      @Nullable FilmCamera smaller,
      MediaRelay relay)
      throws Exception {
    while (camera.sent() < camera.film().kind().gopPictures() + 2 * Film.FRAME_RATE) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    Light light = new Light(new CompletableFuture<>());
    if (each.blackoutMillis() > 0) {
      CompletableFuture.delayedExecutor(each.viewMillis() / 2, TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                relay.blackout(Duration.ofMillis(each.blackoutMillis()));
                light.ended.complete((double) System.currentTimeMillis() + each.blackoutMillis());
              });
    }
    return watching.watch(camera, smaller, relay, light);
  }

  private static double settled(NetworkCase each) {
    return each.way().kilobits() > 0 ? LONG_SETTLED_MILLIS : SETTLED_MILLIS;
  }

  private CompletableFuture<String> qualityAtTheEnd(NetworkCase each, String terminal) {
    return CompletableFuture.supplyAsync(
        () -> quality(terminal + "-1"),
        CompletableFuture.delayedExecutor(each.viewMillis() - 500L, TimeUnit.MILLISECONDS));
  }

  private static String end(CompletableFuture<String> quality) throws Exception {
    return quality.get(10, TimeUnit.SECONDS);
  }

  private void openPage(Browser browser, MediaRelay relay, NetworkCase each) {
    browser.open(url + "/player/roadcast-player.js");
    browser.load("join.js");
    browser.await(
        """
        document.body.replaceChildren();
        await import(location.origin + '/player/roadcast-player.js');
        window.relayMedia(arguments[0], arguments[1]);
        return 1;
        """,
        relay.port(),
        each.way().delayMillis());
  }

  /** What the stream's viewer is sent, as the API says. */
  private String quality(String stream) {
    URI viewers = URI.create(url + "/api/v1/streams/" + stream + "/viewers");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(viewers).build(), HttpResponse.BodyHandlers.ofString());
      JsonNode viewer = MAPPER.readTree(answer.body()).path("items").path(0);
      String estimate = viewer.path("estimate_bit_rate").asText("");
      return viewer.path("quality").asText() + (estimate.isEmpty() ? "" : " at " + estimate);
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
