package io.roadcast.e2e.joins;

import io.roadcast.bench.viewer.LoadViewer;
import io.roadcast.bench.viewer.LoadViewerOptions;
import io.roadcast.bench.viewer.LoadViewerStatistics;
import io.roadcast.bench.viewer.OfferExchange;
import io.roadcast.bench.viewer.ViewerLoop;
import io.roadcast.bench.viewer.WhepClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A load viewer that watches films through a relay: it decodes nothing and draws nothing, so what
 * it is missing was missing on the way.
 *
 * @param endpoint where it watches
 * @param relayPort in place of the server's media port
 * @param delayMillis of the way, which the offer takes too
 */
record LoadView(URI endpoint, int relayPort, int delayMillis) {
  /** What it saw. */
  record Seen(FilmSink films, LoadViewerStatistics statistics) {}

  Seen watch(List<FilmCamera> cameras, int millis) throws Exception {
    AtomicReference<@Nullable LoadViewer> viewer = new AtomicReference<>();
    FilmSink films = new FilmSink(cameras, () -> ask(viewer.get()));
    LoadViewerOptions options =
        LoadViewerOptions.defaults().onlyVideo().withFeedback().withSink(films);
    LoadViewerStatistics statistics;
    try (HttpClient http = HttpClient.newHttpClient();
        ViewerLoop loop = ViewerLoop.start();
        LoadViewer watching = LoadViewer.connect(loop, exchange(http), options)) {
      viewer.set(watching);
      TimeUnit.MILLISECONDS.sleep(millis);
      statistics = watching.statistics();
    }
    return new Seen(films, statistics);
  }

  private static void ask(@Nullable LoadViewer viewer) {
    if (viewer != null) {
      viewer.requestKeyframe();
    }
  }

  /** The server's answer with the relay in place of its candidates. */
  private OfferExchange exchange(HttpClient http) {
    WhepClient whep = new WhepClient(http, endpoint, null);
    return new OfferExchange() {
      @Override
      public String answer(String offer) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(delayMillis);
        String relay = "a=candidate:1 1 udp 2130706431 127.0.0.1 " + relayPort + " typ host\r\n";
        String without = whep.answer(offer).replaceAll("a=candidate:[^\r]*\r\n", "");
        return without.replaceFirst("a=ice-ufrag:", relay + "a=ice-ufrag:");
      }

      @Override
      public void leave() throws IOException, InterruptedException {
        whep.leave();
      }
    };
  }
}
