package io.roadcast.sfu.whep;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.transport.SfuServer;
import io.roadcast.sfu.udp.TestCamera;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Streams of another server, over real sockets of the loopback interface: full ICE against lite.
 */
@Timeout(120)
class WhepSourcesTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final StreamId THERE = StreamId.ofTerminal("13912345678", 1, Quality.MAIN);
  private static final StreamId HERE = new StreamId("yard-1", Quality.MAIN);
  private static final RetryDelays QUICKLY =
      new RetryDelays(Duration.ofMillis(200), Duration.ofSeconds(1));

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 22);
  private final Pictures pictures = new Pictures();
  private Router router;
  private SfuServer sfu;
  private OtherServer other;

  @BeforeEach
  void start() throws Exception {
    router = OtherServer.router(pool);
    sfu = OtherServer.sfu();
    other = OtherServer.start(0, pool);
  }

  @AfterEach
  void everyBlockIsReturned() {
    other.close();
    sfu.close();
    router.close();
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void aStreamOfAnotherServerComesHerePictureForPicture() throws Exception {
    TestCamera camera = camera();
    try (WhepSources sources = bring("letmein")) {
      await().atMost(SOON).until(() -> router.find(HERE) != null);
      here().subscribe(pictures);
      for (int i = 0; i < 100; i++) {
        camera.sound(System.nanoTime());
        camera.picture(System.nanoTime());
        int sent = camera.next();
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> pictures.numbers.contains(sent - 1));
      }
      assertThat(pictures.numbers)
          .containsExactlyElementsOf(IntStream.range(0, camera.next()).boxed().toList());
      assertThat(pictures.pictureMicros).isSorted().doesNotHaveDuplicates();
      assertThat(sources.statuses().getFirst().state()).isEqualTo(RemoteState.LIVE);
      assertThat(here().source().protocol()).isEqualTo("whep");
      assertThat(requireNonNull(here().video()).width()).isEqualTo(640);
    }
    await().atMost(SOON).until(() -> other.sfu.viewers().count() == 0);
    assertThat(other.deleted).hasSize(1);
    assertThat(other.offers).hasValue(1);
    assertThat(pictures.events).containsExactly("interrupted");
  }

  @Test
  void comesBackWhenTheOtherServerDoes() throws Exception {
    camera();
    try (WhepSources sources = bring("letmein")) {
      await().atMost(SOON).until(() -> state(sources) == RemoteState.LIVE);
      here().subscribe(pictures);
      int port = other.port();
      other.close();
      await().atMost(SOON).until(() -> state(sources) != RemoteState.LIVE);
      await().atMost(SOON).until(() -> sources.statuses().getFirst().attempts() > 2);
      assertThat(sources.statuses().getFirst().problem()).contains("can not be reached");

      other = OtherServer.start(port, pool);
      TestCamera again = camera();
      await().atMost(SOON).until(() -> state(sources) == RemoteState.LIVE);
      again.picture(System.nanoTime());
      await().atMost(SOON).until(() -> pictures.numbers.equals(List.of(0, 0, 1)));
      assertThat(pictures.events).containsExactly("interrupted", "resumed");
      assertThat(pictures.pictureMicros).isSorted();
    }
  }

  @Test
  void saysWhyAStreamCanNotBeHad() throws Exception {
    try (WhepSources sources = bring("letmein")) {
      await().atMost(SOON).until(() -> state(sources) == RemoteState.WAITING);
      assertThat(sources.statuses().getFirst().problem()).isEqualTo("the server answers 404");
    }
    try (WhepSources sources = bring("wrong")) {
      await().atMost(SOON).until(() -> state(sources) == RemoteState.WAITING);
      assertThat(sources.statuses().getFirst().problem()).isEqualTo("the server answers 401");
      assertThat(sources.statuses().toString()).doesNotContain("wrong");
    }
  }

  private Stream here() {
    return requireNonNull(router.find(HERE));
  }

  private static RemoteState state(WhepSources sources) {
    return sources.statuses().getFirst().state();
  }

  /** With one picture published. */
  private TestCamera camera() throws Exception {
    TestCamera camera = new TestCamera(other.router, THERE, 1000, 10_000, 3_000);
    camera.picture(System.nanoTime());
    return camera;
  }

  private WhepSources bring(String token) {
    RemoteStream remote = new RemoteStream(HERE, other.whep(THERE), token);
    return WhepSources.start(List.of(remote), router, sfu.dialOut(), QUICKLY);
  }
}
