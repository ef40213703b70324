package io.roadcast.jtt.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.jtt.jt808.LiveStatus;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Publisher;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import io.roadcast.sfu.router.SourceInfo;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.UplinkStatistics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connected terminal is told in the course of a live stream. */
@Timeout(60)
class LossNoticesTest {
  private static final StreamId FRONT = StreamId.ofTerminal("139", 1, Quality.MAIN);

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(10, Duration.ofSeconds(30), 1 << 20, 100), pool);
  private final FakeLinks links = new FakeLinks("139");
  private volatile UplinkStatistics counted = UplinkStatistics.NONE;

  @AfterEach
  void stop() {
    router.close();
    pool.close();
  }

  @Test
  void saysHowMuchWasLostSinceTheLastTime() throws Exception {
    LossNotices notices = new LossNotices(router, links);
    router.publish(FRONT, new Camera());
    notices.tell(List.of(FRONT));
    assertThat(links.notices).isEmpty(); // nothing has come, nothing is lost
    counted = counts(90, 10);
    notices.tell(List.of(FRONT));
    counted = counts(190, 10);
    notices.tell(List.of(FRONT));
    counted = counts(30, 30); // another connection, which counts from 0
    notices.tell(List.of(FRONT));
    assertThat(links.notices)
        .containsExactly(new LiveStatus(1, 10), new LiveStatus(1, 0), new LiveStatus(1, 50));
    links.disconnect();
    counted = counts(60, 30);
    notices.tell(List.of(FRONT));
    assertThat(links.notices).hasSize(3);
  }

  @Test
  void aLiveStreamIsAskedForReportedOnAndStopped() throws Exception {
    LiveTiming timing =
        LiveTiming.of(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMillis(50));
    MediaAddress address =
        new MediaAddress("192.0.2.1", 6611, 6612, MediaAddress.MediaTransport.TCP);
    LiveConfig config = new LiveConfig(timing, address, Duration.ofMillis(20));
    FakeTerminal camera = new FakeTerminal(router, new LiveTimers(), 1);
    try (LiveStreams streams =
        LiveStreams.start(
            config,
            router,
            links,
            known -> false,
            DataBudget.unlimited(),
            new TerminalFormats(),
            camera::breakOff)) {
      StreamLease lease = streams.demand(FRONT, LeaseHolder.VIEWER);
      await().until(() -> !links.said(LiveRequest.class).isEmpty());
      camera.begin(FRONT);
      assertThat(lease.live().toCompletableFuture().get(20, TimeUnit.SECONDS)).isNotNull();
      links.said.getFirst().answer().complete(FakeLinks.YES);
      lease.close();
      await().until(() -> !links.said(LiveControl.class).isEmpty());
      assertThat(links.said(LiveRequest.class)).hasSize(1);
      camera.breakOff(FRONT);
      links.said.getLast().answer().complete(FakeLinks.YES);
      // A stream that was ended on purpose is not waited for.
      await().until(() -> router.find(FRONT) == null);
      await().until(() -> streams.channelCount() == 0);
      assertThat(links.listeners()).isEqualTo(1);
    }
    assertThat(links.listeners()).isZero();
  }

  private static UplinkStatistics counts(long packets, long lost) {
    return new UplinkStatistics(packets, packets * 900, lost, lost, 0, 0, 0);
  }

  private final class Camera implements Publisher {
    @Override
    public SourceInfo source() {
      return new SourceInfo("jtt1078", "tcp", "192.0.2.7:40112");
    }

    @Override
    public UplinkStatistics uplink() {
      return counted;
    }

    @Override
    public void superseded() {}
  }
}
