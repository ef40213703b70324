package io.roadcast.sfu.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.roadcast.media.AudioFrame;
import io.roadcast.media.Codec;
import io.roadcast.media.VideoFrame;
import io.roadcast.media.ffmpeg.EncodedPicture;
import io.roadcast.media.ffmpeg.H264Encoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.media.ffmpeg.PictureKind;
import io.roadcast.media.nal.AnnexB;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.UplinkStatistics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser joins in the middle of a group of pictures, again and again, and stays a while.
 */
@Tag("browser")
@Timeout(180)
class ChromiumReplayTest {
  private static final int FRAME_RATE = 25;
  private static final int KEYFRAME_EVERY = 100;
  private static final int JOINS = 5;
  private static final String PAGE =
      """
      <body></body><script>
      const tell = (what, value) => fetch('/' + what, {method: 'POST', body: String(value)});
      const pause = ms => new Promise(r => setTimeout(r, ms));
      async function join(number) {
        const begun = performance.now();
        const pc = new RTCPeerConnection();
        pc.addTransceiver('video', {direction: 'recvonly'});
        pc.addTransceiver('audio', {direction: 'recvonly'});
        const video = document.createElement('video');
        video.muted = true;
        video.autoplay = true;
        const stream = new MediaStream();
        video.srcObject = stream;
        document.body.append(video);
        pc.ontrack = e => stream.addTrack(e.track);
        const first = new Promise(r => video.requestVideoFrameCallback(() => r(performance.now() - begun)));
        await pc.setLocalDescription(await pc.createOffer());
        const answer = await fetch('/offer', {method: 'POST', body: pc.localDescription.sdp});
        await pc.setRemoteDescription({type: 'answer', sdp: await answer.text()});
        const shown = Math.round(await first);
        await pause(3000);
        const of = {};
        for (const s of (await pc.getStats()).values()) {
          if (s.type === 'inbound-rtp') of[s.kind] = s;
        }
        await tell('join' + number, JSON.stringify({
          firstPicture: shown, decoded: of.video.framesDecoded, lost: of.video.packetsLost,
          plis: of.video.pliCount, nacks: of.video.nackCount, freezes: of.video.freezeCount,
          dropped: of.video.framesDropped, heard: of.audio.packetsReceived,
          soundLost: of.audio.packetsLost,
          delay: of.video.jitterBufferDelay / of.video.jitterBufferEmittedCount}));
        pc.close();
        video.remove();
      }
      (async () => {
        for (let i = 0; i < JOINS; i++) { await join(i); await pause(370); }
        tell('done', 'yes');
      })().catch(e => tell('error', e));
      </script>
      """
          .replace("JOINS", Integer.toString(JOINS));

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);
  private final Map<String, String> told = new ConcurrentHashMap<>();

  @Test
  void joinsMidGroupWithoutLossOrFreeze(@TempDir Path profile) throws Exception {
    Path chromium = Path.of("/usr/bin/chromium");
    Assumptions.assumeTrue(Files.isExecutable(chromium), "no /usr/bin/chromium on this machine");
    SfuConfig config =
        SfuConfig.defaults()
            .withUdpPort(0)
            .withBindAddresses(List.of(InetAddress.getLoopbackAddress()));
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Process browser = null;
    try (SfuServer sfu = SfuServer.start(config);
        Camera camera = new Camera(router)) {
      http.createContext("/", exchange -> serve(exchange, sfu, camera));
      http.start();
      browser = start(chromium, profile, http.getAddress().getPort());
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> told.containsKey("done") || told.containsKey("error"));
      assertThat(told).doesNotContainKey("error");
      for (int join = 0; join < JOINS; join++) {
        assertThat(told.get("join" + join))
            .as("join %d of %s", join, told)
            .contains("\"lost\":0,", "\"plis\":0,", "\"nacks\":0,", "\"freezes\":0,");
      }
      assertThat(told.values())
          .as("3 s at 25 pictures a second, and the cached ones before")
          .anyMatch(join -> join.matches(".*\"decoded\":1[0-9]{2},.*"));
    } finally {
      http.stop(0);
      if (browser != null) {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
      router.close();
    }
    assertThat(pool.blocksInUse()).isZero();
  }

  private void serve(HttpExchange exchange, SfuServer sfu, Camera camera) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String answer = "";
    if (path.equals("/")) {
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      answer = PAGE;
    } else if (path.equals("/offer")) {
      answer = answer(sfu, camera, body);
    } else {
      told.put(path.substring(1), body);
    }
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String answer(SfuServer sfu, Camera camera, String offer) throws IOException {
    try {
      return sfu.viewers()
          .open(camera.publication.stream(), offer, ViewerOptions.of("chromium"))
          .sdpAnswer();
    } catch (Exception e) {
      throw new IOException(e);
    }
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

  /** Films a moving bar in real time, with silence. */
  private static final class Camera implements Publisher, AutoCloseable {
    private final H264Encoder encoder =
        new H264Encoder(new H264Encoder.Settings(640, 360, FRAME_RATE, 1_000_000));
    private final I420Picture picture = new I420Picture(640, 360);
    private final Publication publication;
    private final ScheduledExecutorService film = Executors.newSingleThreadScheduledExecutor();
    private int number;

    Camera(Router router) throws Exception {
      publication = router.publish(StreamId.ofTerminal("1", 1, Quality.MAIN), this);
      Arrays.fill(picture.blue(), (byte) 128);
      Arrays.fill(picture.red(), (byte) 128);
      film.scheduleAtFixedRate(this::shoot, 0, 1000 / FRAME_RATE, TimeUnit.MILLISECONDS);
    }

    private void shoot() {
      for (int i = 0; i < picture.luma().length; i++) {
        int column = i % picture.width();
        boolean bar = (column + picture.width() - number % picture.width()) % 320 < 20;
        picture.luma()[i] = (byte) (bar ? 220 : 32 + column / 5);
      }
      PictureKind kind =
          number % KEYFRAME_EVERY == 0 ? PictureKind.KEYFRAME : PictureKind.PREDICTED;
      EncodedPicture encoded = encoder.encode(picture, kind);
      long now = System.nanoTime();
      long micros = number++ * 1_000_000L / FRAME_RATE;
      try {
        publication.video(
            new VideoFrame(
                Codec.H264,
                AnnexB.split(ByteBuffer.wrap(encoded.annexB())),
                encoded.keyframe(),
                micros,
                now));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
      byte[] silence = new byte[320];
      Arrays.fill(silence, (byte) 0xd5);
      publication.audio(new AudioFrame(Codec.PCMA, ByteBuffer.wrap(silence), micros, now));
    }

    @Override
    public SourceInfo source() {
      return new SourceInfo("test", "none", "");
    }

    @Override
    public UplinkStatistics uplink() {
      return UplinkStatistics.NONE;
    }

    @Override
    public void superseded() {}

    @Override
    public void close() {
      film.close();
      encoder.close();
    }
  }
}
