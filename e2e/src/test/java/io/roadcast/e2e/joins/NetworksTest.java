package io.roadcast.e2e.joins;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.e2e.RunningServer;
import io.roadcast.e2e.browser.Browser;
import io.roadcast.e2e.joins.MediaRelay.Way;
import io.roadcast.e2e.joins.NetworkCase.Sub;
import io.roadcast.media.ffmpeg.H264Encoder.Profile;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The most important part of {@code ./run bench networks}, shorter. */
@Tag("browser")
@Tag("load")
@Timeout(240)
class NetworksTest {
  private static final Film.Kind MAIN =
      new Film.Kind("CIF 2 s", 352, 288, 600_000, 2, Profile.CONSTRAINED_BASELINE);
  private static final Film.Kind SUB =
      new Film.Kind("QCIF 2 s", 176, 144, 100_000, 2, Profile.CONSTRAINED_BASELINE);

  private static RunningServer server;
  private static Browser browser;
  private static NetworkRun run;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    server = RunningServer.start();
    run =
        new NetworkRun(
            server.url(),
            server.webrtcPort(),
            server.jt1078Port(),
            server.jt1078SubPort(),
            Film.shoot(MAIN),
            Film.shoot(SUB));
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void losingOnePacketInTwentyCostsHardlyAPicture() throws Exception {
    NetworkCase lossy = new NetworkCase(new Way(50, 0, 5), Sub.ABSENT, 0, 12_000, List.of());
    NetworkView view = run.view(lossy, browser, "13900010001");
    assertThat(view.nacks()).isPositive();
    assertThat(view.wrong()).isZero();
    assertThat(view.stall()).isLessThan(1000);
    assertThat(view.frames()).isGreaterThanOrEqualTo(0.95);
    assertThat(view.plis()).as("no picture was decoded twice").isZero();
    assertThat(view.quality()).startsWith("full");
  }

  @Test
  void aLoadViewerThatLosesOnePacketInTwentyGetsEveryPicture() throws Exception {
    NetworkCase lossy = new NetworkCase(new Way(50, 0, 5), Sub.ABSENT, 0, 10_000, List.of());
    NetworkView view = run.load(lossy, "13900010004");
    assertThat(view.nacks()).isPositive();
    assertThat(view.wrong()).isZero();
    assertThat(view.stall()).isLessThan(1000);
    assertThat(view.frames()).isGreaterThanOrEqualTo(0.95);
    assertThat(view.quality()).startsWith("full");
  }

  @Test
  void aLoadViewerBehindANarrowPathIsShownTheSubStream() throws Exception {
    Way narrow = new Way(25, 0, 0).limited(350);
    NetworkCase limited = new NetworkCase(narrow, Sub.LIVE, 0, 25_000, List.of());
    NetworkView view = run.load(limited, "13900010005");
    assertThat(view.quality()).startsWith("sub");
    assertThat(view.wrong()).isZero();
    assertThat(view.frames()).isGreaterThan(0.9);
    assertThat(view.oldest()).isLessThan(1000);
  }

  @Test
  void thePictureIsBackSoonAfterABlackout() throws Exception {
    NetworkCase dark = new NetworkCase(new Way(20, 0, 0), Sub.ABSENT, 5_000, 17_000, List.of());
    NetworkView view = run.view(dark, browser, "13900010003");
    assertThat(view.wrong()).isZero();
    assertThat(view.back()).isLessThan(2000);
  }

  @Test
  void aViewerBehindANarrowPathIsShownTheSubStream() throws Exception {
    Way narrow = new Way(25, 0, 0).limited(350);
    NetworkCase limited = new NetworkCase(narrow, Sub.LIVE, 0, 25_000, List.of());
    NetworkView view = run.view(limited, browser, "13900010002");
    assertThat(view.quality()).startsWith("sub");
    assertThat(view.wrong()).isZero();
    assertThat(view.frames()).isGreaterThan(0.7);
    assertThat(view.oldest()).isLessThan(1000);
  }
}
