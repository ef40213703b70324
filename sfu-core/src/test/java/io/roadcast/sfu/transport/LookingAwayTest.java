package io.roadcast.sfu.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.udp.TestCamera;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a sub-stream that is held for a viewer who looks away. */
@Timeout(60)
class LookingAwayTest {
  private static final StreamId ID = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);

  private final List<String> said = new ArrayList<>();

  private final class Lease implements StreamLease {
    private final StreamId stream;

    Lease(StreamId stream) {
      this.stream = stream;
    }

    @Override
    public StreamId stream() {
      return stream;
    }

    @Override
    public CompletionStage<Stream> live() {
      return new CompletableFuture<>();
    }

    @Override
    public void pause() {
      said.add("pause " + stream);
    }

    @Override
    public void resume() {
      said.add("resume " + stream);
    }

    @Override
    public void close() {
      said.add("close " + stream);
    }
  }

  @Test
  void theSubStreamPausesWithTheViewer() throws Exception {
    StreamSource source = (stream, holder) -> new Lease(stream);
    try (RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
        Router router =
            new Router(new RouterConfig(10, Duration.ofSeconds(5), 16 << 20, 2000), pool);
        SfuServer sfu =
            SfuServer.start(
                SfuConfig.defaults()
                    .withUdpPort(0)
                    .withBindAddresses(List.of(InetAddress.getLoopbackAddress())))) {
      TestCamera camera = new TestCamera(router, ID, 1000, 10_000, 3_000);
      camera.picture(System.nanoTime());
      try (LoopbackViewer viewer = LoopbackViewer.open(sfu, camera.stream())) {
        viewer.session.demandSmaller(source);
        viewer.session.pause();
        viewer.session.resume();
        viewer.session.pause();
        viewer.session.demandSmaller(source); // it had been asked for before
        viewer.session.releaseSmaller();
        String sub = "13912345678-1/sub";
        assertThat(said)
            .containsExactly(
                "pause " + sub,
                "resume " + sub,
                "pause " + sub,
                "close " + sub,
                "pause " + sub,
                "close " + sub);
      }
    }
  }
}
