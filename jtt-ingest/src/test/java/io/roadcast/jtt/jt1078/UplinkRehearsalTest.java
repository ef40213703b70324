package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.RouterConfig;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UplinkRehearsalTest {
  private static final int PICTURES = 60;

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final Router router =
      new Router(new RouterConfig(1, Duration.ofSeconds(20), 1 << 24, 2_000), pool);

  @AfterEach
  void close() {
    router.close();
    pool.close();
  }

  @Test
  void allPicturesGoTheirWayAndNothingIsSeenOrKept() {
    int arrived = UplinkRehearsal.run(IngestFixture.CONFIG, router, PICTURES);

    assertThat(arrived).isEqualTo(PICTURES);
    assertThat(router.streams()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
  }

  @Test
  void endsWhenTheServerDoes() {
    Thread.currentThread().interrupt();
    int arrived = UplinkRehearsal.run(IngestFixture.CONFIG, router, PICTURES);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(arrived).isZero();
  }
}
