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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One Chromium that watches a camera through a relay.
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

  NetworkView view(NetworkCase each, Browser browser, String terminal) throws Exception {
    try (FilmCamera camera = FilmCamera.start(main, Sound.SILENT, "127.0.0.1", mainPort, terminal);
        MediaRelay relay = MediaRelay.start(each.way(), mediaPort);
        ScheduledExecutorService events = Executors.newSingleThreadScheduledExecutor()) {
      if (each.sub() == NetworkCase.Sub.ABSENT) {
        return view(each, browser, terminal, camera, null, relay, events);
      }
      try (FilmCamera smaller =
          FilmCamera.start(sub, Sound.SILENT, "127.0.0.1", subPort, terminal)) {
        return view(each, browser, terminal, camera, smaller, relay, events);
      }
    }
  }

  private NetworkView view(
      NetworkCase each,
      Browser browser,
      String terminal,
      FilmCamera camera,
      @Nullable FilmCamera smaller,
      MediaRelay relay,
      ScheduledExecutorService events)
      throws Exception {
    while (camera.sent() < main.kind().gopPictures() + 2 * Film.FRAME_RATE) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    openPage(browser, relay, each);
    String stream = terminal + "-1";
    double start = System.currentTimeMillis() + 300.0;
    CompletableFuture<Double> light = new CompletableFuture<>();
    if (each.blackoutMillis() > 0) {
      events.schedule(
          () -> {
            relay.blackout(Duration.ofMillis(each.blackoutMillis()));
            light.complete((double) System.currentTimeMillis() + each.blackoutMillis());
          },
          each.viewMillis() / 2,
          TimeUnit.MILLISECONDS);
    }
    CompletableFuture<String> quality = new CompletableFuture<>();
    events.schedule(
        () -> quality.complete(quality(stream)), each.viewMillis() - 500L, TimeUnit.MILLISECONDS);
    Object told =
        browser.await(
            "return window.joinStream('player', arguments[0], 1, arguments[1], arguments[2]);",
            stream,
            start,
            each.viewMillis());
    JsonNode viewer = MAPPER.<JsonNode>valueToTree(told).path(0);
    boolean narrow = each.way().kilobits() > 0;
    return NetworkView.of(
        viewer,
        camera,
        smaller,
        narrow ? LONG_SETTLED_MILLIS : SETTLED_MILLIS,
        light.getNow(Double.NaN),
        quality.get(10, TimeUnit.SECONDS));
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
