package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long nothing comes of what a camera goes on sending. */
final class Outage {
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration GIVEN_UP = Duration.ofSeconds(40);

  /** Of a frame of the camera. */
  static final Duration PACE = Duration.ofMillis(40);

  private Outage() {}

  /**
   * Measures from now.
   *
   * @param over sends the next frame and looks whether something came of what was sent after the
   *     beginning
   */
  static void assertShort(String what, Callable<Boolean> over) {
    long start = System.nanoTime();
    await().atMost(GIVEN_UP).pollInterval(PACE).until(over);
    Duration outage = Duration.ofNanos(System.nanoTime() - start);
    System.out.println("outage, " + what + ": " + outage.toMillis() + " ms");
    assertThat(outage).as(what).isLessThan(LONGEST);
  }
}
