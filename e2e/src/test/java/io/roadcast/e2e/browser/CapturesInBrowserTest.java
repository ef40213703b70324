package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.e2e.Captures;
import io.roadcast.e2e.Captures.Capture;
import io.roadcast.e2e.RunningServer;
import io.roadcast.simulator.CaptureFeeder;
import io.roadcast.simulator.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every recording of a real terminal, at its own pace, over TCP in random pieces and over UDP, all
 * at once in one page. Each picture must be decoded.
 */
@Tag("browser")
@Tag("slow")
@Timeout(420)
class CapturesInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LONGEST_CAPTURE = Duration.ofSeconds(260);
  private static final int TOLERATED_MILLIS = 1000;

  /** A recording on its way, from a terminal of its own. */
  private record Feed(Capture capture, Transport transport, String terminal, CaptureFeeder feeder)
      implements AutoCloseable {
    String stream() {
      return terminal.replaceFirst("^0+", "") + "-" + capture.channel();
    }

    @Override
    public void close() {
      feeder.close();
    }
  }

  @Test
  void everyPictureOfEveryRecordingIsDecoded() throws Exception {
    Captures.assumePresent();
    List<Feed> feeds = new ArrayList<>();
    try (RunningServer server = RunningServer.start();
        Browser browser = Browser.start()) {
      PlayerPage page = new PlayerPage(browser);
      feedAll(server, feeds);
      page.openPlayers(server.url(), feeds.stream().map(Feed::stream).toList());
      for (int player = 0; player < feeds.size(); player++) {
        int index = player;
        await("first picture of " + feeds.get(player).stream())
            .atMost(SOON)
            .until(() -> page.inboundNumber(index, "video", "framesDecoded") > 0);
        page.watch(player, false);
      }
      for (Feed feed : feeds) {
        feed.feeder().resume();
      }
      for (int player = 0; player < feeds.size(); player++) {
        feeds.get(player).feeder().awaitEnd(LONGEST_CAPTURE);
        check(page, player, feeds.get(player));
      }
      browser.screenshot("captures");
    } finally {
      feeds.forEach(Feed::close);
    }
  }

  /** Begins each and holds it in its first group of pictures, until somebody watches. */
  private static void feedAll(RunningServer server, List<Feed> feeds) throws IOException {
    for (Capture capture : Captures.ALL) {
      for (Transport transport : Transport.values()) {
        String terminal =
            transport == Transport.TCP ? capture.terminal() : "9" + capture.terminal().substring(1);
        CaptureFeeder feeder =
            CaptureFeeder.start(
                CaptureFeeder.Options.of(capture.file(), "127.0.0.1", server.jt1078Port())
                    .with(transport)
                    .withTerminal(terminal)
                    .withSeed(capture.pictures()));
        Feed feed = new Feed(capture, transport, terminal, feeder);
        feeds.add(feed);
        server.awaitPictures(feed.stream(), 1);
        feeder.pause();
      }
    }
  }

  private static void check(PlayerPage page, int player, Feed feed) {
    Capture capture = feed.capture();
    await(feed.stream() + " over " + feed.transport())
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(page.inboundNumber(player, "video", "framesDecoded"))
                    .as("%s over %s: pictures decoded", capture.name(), feed.transport())
                    .isEqualTo(capture.pictures()));
    assertThat(page.inboundNumber(player, "video", "frameWidth")).isEqualTo(capture.width());
    assertThat(page.inboundNumber(player, "video", "frameHeight")).isEqualTo(capture.height());
    assertThat(page.inboundNumber(player, "video", "packetsLost")).isZero();
    assertThat(page.inboundNumber(player, "video", "framesDropped"))
        .as("pictures that came too late to be shown")
        .isLessThanOrEqualTo(capture.pictures() / 10.0);
    if (capture.pictures() > 100) {
      assertThat(page.seen(player, "longestPauseMs"))
          .as("%s over %s: longest pause", capture.name(), feed.transport())
          .isLessThan(capture.longestPauseMillis() + TOLERATED_MILLIS);
    }
  }
}
