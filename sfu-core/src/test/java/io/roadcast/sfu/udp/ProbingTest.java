package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbingTest {
  private final Probing probing = new Probing();

  @Test
  void aPathThatIsWideEnoughIsLeftAlone() {
    assertThat(probes(60, 2_000_000, 1_700_000)).isEmpty();
    assertThat(probes(60, 100_000_000, 0)).isEmpty();
  }

  @Test
  void whatFindsNothingBecomesRare() {
    assertThat(probes(200, 800_000, 1_700_000)).containsExactly(3, 6, 12, 24, 48, 96, 144, 192);
  }

  @Test
  void whatHelpsIsRepeatedSoon() {
    List<Integer> seconds = new ArrayList<>();
    long path = 1_000_000;
    for (int second = 1; second <= 12; second++) {
      if (probing.second(path, 3_000_000) > 0) {
        seconds.add(second);
        path += 200_000;
      }
    }
    assertThat(seconds).containsExactly(3, 6, 9, 12);
  }

  @Test
  void aSlowPathIsMeasuredWithFewerPackets() {
    assertThat(packets(100_000)).isEqualTo(8);
    assertThat(packets(2_000_000)).isEqualTo(12);
    assertThat(packets(50_000_000)).isEqualTo(24);
  }

  private static int packets(long path) {
    Probing fresh = new Probing();
    fresh.second(path, 100_000_000);
    fresh.second(path, 100_000_000);
    return fresh.second(path, 100_000_000);
  }

  private List<Integer> probes(int length, long path, long needed) {
    List<Integer> seconds = new ArrayList<>();
    for (int second = 1; second <= length; second++) {
      if (probing.second(path, needed) > 0) {
        seconds.add(second);
      }
    }
    return seconds;
  }
}
