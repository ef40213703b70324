package io.roadcast.e2e.browser;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** Players in a browser page, by their place in the document. */
final class PlayerPage {
  private static final String PLAYER = "document.querySelectorAll('roadcast-player')[arguments[0]]";
  private static final String VIDEO = PLAYER + ".shadowRoot.querySelector('video')";

  private final Browser browser;

  PlayerPage(Browser browser) {
    this.browser = browser;
  }

  /** A page with nothing but players, each of its own stream. */
  void openPlayers(String baseUrl, List<String> streams) {
    open(baseUrl);
    addPlayers(streams);
  }

  /** Any plain document of the server's origin. */
  void open(String baseUrl) {
    browser.open(baseUrl + "/player/roadcast-player.js");
  }

  /** Replaces what is in the page by players. */
  void addPlayers(List<String> streams) {
    browser.run("document.body.replaceChildren()");
    appendPlayers(streams);
  }

  /** Players behind those that are there. */
  void appendPlayers(List<String> streams) {
    browser.await(
        """
        await import(location.origin + '/player/roadcast-player.js');
        for (const stream of arguments[0]) {
          const player = document.createElement('roadcast-player');
          player.setAttribute('stream', stream);
          player.style.cssText = 'display:inline-block;width:320px;height:240px';
          document.body.append(player);
        }
        return arguments[0].length;
        """,
        streams);
  }

  void awaitPlayers(int count, Duration limit) {
    String script = "return document.querySelectorAll('roadcast-player').length";
    try {
      await().atMost(limit).until(() -> browser.number(script) >= count);
    } catch (ConditionTimeoutException e) {
      browser.screenshot("no-players");
      throw new AssertionError("console: " + browser.consoleErrors(), e);
    }
  }

  String state(int player) {
    return browser.text("return " + PLAYER + ".state", player);
  }

  void awaitState(int player, String state, Duration limit) {
    try {
      await("player " + player + " " + state)
          .atMost(limit)
          .until(() -> state(player).equals(state));
    } catch (ConditionTimeoutException e) {
      browser.screenshot("not-" + state);
      throw new AssertionError(state(player) + ", console: " + browser.consoleErrors(), e);
    }
  }

  /** Begins to watch the pictures; {@code codes} says that they carry the frame counter code. */
  void watch(int player, boolean codes) {
    browser.load("watch.js");
    browser.run("window.seen = window.seen || {}");
    browser.run(
        "window.seen[arguments[0]] = window.watchVideo(" + VIDEO + ", arguments[1])",
        player,
        codes);
  }

  double seen(int player, String field) {
    return browser.number("return window.seen[arguments[0]]." + field, player);
  }

  /**
   * Colours that a player shows now, 0xRRGGBB.
   *
   * @param places x and y of each, in the picture's own pixels
   */
  @SuppressWarnings("unchecked")
  List<Integer> colours(int player, List<List<Integer>> places) {
    List<Number> colours =
        (List<Number>)
            browser.await(
                "const video = "
                    + VIDEO
                    + ";"
                    + "const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);"
                    + "const context = canvas.getContext('2d');"
                    + "context.drawImage(video, 0, 0);"
                    + "return arguments[1].map(([x, y]) => {"
                    + " const [r, g, b] = context.getImageData(x, y, 1, 1).data;"
                    + " return (r << 16) | (g << 8) | b; });",
                player,
                places);
    return colours.stream().map(Number::intValue).toList();
  }

  /** Age of the newest readable picture in milliseconds, from drawing to reading. */
  double ageMillis(int player) {
    return browser.number(
        "const r = window.seen[arguments[0]].readings; return r.length ? r.at(-1).ageMs : 1e9",
        player);
  }

  void listen(int player) {
    browser.load("listen.js");
    browser.await(
        "window.heard = window.heard || {};"
            + "window.heard[arguments[0]] = await window.listenToBeeps("
            + VIDEO
            + ".srcObject); return 1",
        player);
  }

  /** What is known of the sound of a player that is listened to. */
  double heard(int player, String field) {
    return browser.number("return window.heard[arguments[0]]." + field, player);
  }

  /** For each flash of the picture the time to the nearest beep, positive if the beep is later. */
  @SuppressWarnings("unchecked")
  List<Number> beepsAfterFlashes(int player) {
    return (List<Number>)
        browser.await(
            """
            const beeps = window.heard[arguments[0]].beeps;
            return window.seen[arguments[0]].flashes.map(flash =>
                beeps.map(beep => beep - flash).sort((a, b) => Math.abs(a) - Math.abs(b))[0])
                .filter(offset => offset !== undefined && Math.abs(offset) < 500);
            """,
            player);
  }

  /** The browser's own statistics of what it receives, of "video" or "audio". */
  @SuppressWarnings("unchecked")
  Map<String, Object> inbound(int player, String kind) {
    return (Map<String, Object>)
        browser.await(
            "const stats = await "
                + PLAYER
                + ".peerConnection.getStats();"
                + "for (const s of stats.values())"
                + " if (s.type === 'inbound-rtp' && s.kind === arguments[1]) return s;"
                + "return {};",
            player,
            kind);
  }

  /** Our end of the pair of candidates that is in use, as the browser tells it. */
  @SuppressWarnings("unchecked")
  Map<String, Object> localCandidate(int player) {
    return (Map<String, Object>)
        browser.await(
            "const stats = await "
                + PLAYER
                + ".peerConnection.getStats();"
                + "const all = [...stats.values()];"
                + "const transport = all.find(s => s.type === 'transport');"
                + "const pair = stats.get(transport.selectedCandidatePairId);"
                + "return stats.get(pair.localCandidateId);",
            player);
  }

  double inboundNumber(int player, String kind, String field) {
    return inbound(player, kind).get(field) instanceof Number number ? number.doubleValue() : 0;
  }
}
