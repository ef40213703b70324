package io.roadcast.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roadcast.e2e.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Going out to a peer as a full ICE agent, the peer being a Chromium: it answers our offer to watch
 * with what it draws and a tone, and hides its addresses behind names as browsers do.
 */
@Tag("browser")
@Timeout(180)
class FullIceInBrowserTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final String ANSWER =
      """
      const pc = window.pc = new RTCPeerConnection();
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 240;
      document.body.append(canvas);
      const ink = canvas.getContext('2d');
      let drawn = 0;
      setInterval(() => {
        ink.fillStyle = `hsl(${drawn++ * 7 % 360} 80% 50%)`;
        ink.fillRect(0, 0, 320, 240);
      }, 40);
      const sound = new AudioContext();
      const tone = sound.createOscillator();
      const heard = sound.createMediaStreamDestination();
      tone.connect(heard);
      tone.start();
      await pc.setRemoteDescription({ type: 'offer', sdp: arguments[0] });
      for (const each of pc.getTransceivers()) {
        each.direction = 'sendonly';
        const from = each.receiver.track.kind === 'video' ? canvas.captureStream(25) : heard.stream;
        await each.sender.replaceTrack(from.getTracks()[0]);
      }
      await pc.setLocalDescription(await pc.createAnswer());
      while (pc.iceGatheringState !== 'complete') {
        await new Promise((gone) => pc.addEventListener('icegatheringstatechange', gone, { once: true }));
      }
      return pc.localDescription.sdp;
      """;

  private record Asked(String offer, CompletableFuture<String> answer) {}

  private final BlockingQueue<Asked> offers = new LinkedBlockingQueue<>();

  @Test
  void aBrowserThatHidesItsAddressesIsReached() throws Exception {
    HttpServer whep =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    whep.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    whep.createContext("/whep/yard", this::exchange);
    whep.start();
    String source = "yard-1=http://127.0.0.1:" + whep.getAddress().getPort() + "/whep/yard";
    try (Browser browser = Browser.start();
        RunningServer server = RunningServer.start(Map.of("sources.whep", source))) {
      browser.open("about:blank");
      Asked asked = Objects.requireNonNull(offers.poll(60, TimeUnit.SECONDS), "no offer came");
      String answer = String.valueOf(browser.await(ANSWER, asked.offer));
      asked.answer.complete(answer);
      await()
          .atMost(SOON)
          .until(() -> browser.text("return pc.connectionState").equals("connected"));
      await().atMost(SOON).until(() -> state(server).equals("live"));
      assertThat(browser.text("return pc.iceConnectionState")).isIn("connected", "completed");
      await().atMost(SOON).until(() -> server.json("/api/v1/streams/yard-1").has("audio"));
      if (answer.contains("H264/90000")) {
        server.awaitPictures("yard-1", 25);
      }
      // Consent is asked for every five seconds: the way holds for longer than one would last.
      long before = packets(server);
      await().atMost(SOON).until(() -> packets(server) > before + 1500);
      assertThat(state(server)).isEqualTo("live");
      assertThat(offers).as("asked once only").isEmpty();
      assertThat(server.errors()).isEmpty();
    } finally {
      whep.stop(0);
    }
  }

  private static long packets(RunningServer server) {
    return server.json("/api/v1/streams/yard-1").at("/uplink/packets").asLong();
  }

  private static String state(RunningServer server) {
    return server.json("/api/v1/sources").path("items").path(0).path("state").asText();
  }

  /** An offer waits until the page has answered it; at the end somebody says goodbye. */
  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      Asked asked = new Asked(new String(body, StandardCharsets.UTF_8), new CompletableFuture<>());
      offers.add(asked);
      byte[] answer = asked.answer.get(60, TimeUnit.SECONDS).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/sdp");
      exchange.getResponseHeaders().add("Location", "/whep/yard/1");
      exchange.sendResponseHeaders(201, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
  }
}
