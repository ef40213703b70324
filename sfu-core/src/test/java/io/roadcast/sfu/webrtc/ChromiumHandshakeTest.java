package io.roadcast.sfu.webrtc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roadcast.sfu.srtp.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser negotiates with these parts over one plain socket, hears sound, and sends reports.
 */
@Tag("browser")
@Timeout(180)
class ChromiumHandshakeTest {
  private static final String PAGE =
      """
      <script>
      const tell = (what, value) => fetch('/' + what, {method: 'POST', body: value});
      (async () => {
        const pc = new RTCPeerConnection();
        pc.addTransceiver('audio', {direction: 'recvonly'});
        await pc.setLocalDescription(await pc.createOffer());
        const answer = await fetch('/offer', {method: 'POST', body: pc.localDescription.sdp});
        await pc.setRemoteDescription({type: 'answer', sdp: await answer.text()});
        const dtls = pc.getReceivers()[0].transport;
        setInterval(async () => {
          for (const s of (await pc.getStats()).values()) {
            if (s.type === 'inbound-rtp') tell('received', String(s.packetsReceived));
            if (s.type === 'transport' && s.srtpCipher) tell('cipher', s.srtpCipher);
          }
          tell('dtls', dtls.state);
        }, 200);
      })().catch(e => tell('error', String(e)));
      </script>
      """;

  private final Map<String, String> told = new ConcurrentHashMap<>();

  @Test
  void negotiatesHearsAndReports(@TempDir Path profile) throws Exception {
    Path chromium = Path.of("/usr/bin/chromium");
    Assumptions.assumeTrue(Files.isExecutable(chromium), "no /usr/bin/chromium on this machine");
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Process browser = null;
    try (OneViewer viewer = new OneViewer()) {
      http.createContext("/", exchange -> serve(exchange, viewer));
      http.start();
      browser = start(chromium, profile, http.getAddress().getPort());
      await()
          .atMost(Duration.ofSeconds(120))
          .until(
              () ->
                  viewer.reports() > 0
                      && Integer.parseInt(told.getOrDefault("received", "0")) > 20);
      assertThat(viewer.profile()).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
      assertThat(told).containsEntry("cipher", "SRTP_AEAD_AES_128_GCM").doesNotContainKey("error");
      assertThat(viewer.refusedPackets()).isZero();
      viewer.endpoint().close();
      await().atMost(Duration.ofSeconds(30)).until(() -> "closed".equals(told.get("dtls")));
    } finally {
      http.stop(0);
      if (browser != null) {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    }
  }

  private void serve(HttpExchange exchange, OneViewer viewer) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String answer = "";
    if (path.equals("/")) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      answer = PAGE;
    } else if (path.equals("/offer")) {
      answer = viewer.answer(body);
    } else {
      told.put(path.substring(1), body);
    }
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Process start(Path chromium, Path profile, int port) throws IOException {
    return new ProcessBuilder(
            chromium.toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required",
            "--user-data-dir=" + profile,
            "http://127.0.0.1:" + port + "/")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
