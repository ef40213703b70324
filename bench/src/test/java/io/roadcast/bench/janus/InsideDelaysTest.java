package io.roadcast.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InsideDelaysTest {
  @Test
  void tellsTheBoundsOfWhatWasCountedSince() {
    InsideDelays before = InsideDelays.parse(exposition(50, 50, 50));
    InsideDelays after = InsideDelays.parse(exposition(50, 149, 150));
    assertThat(after.since(before).text())
        .startsWith(
            "inside: pictures first 99% within 2.00 ms (99.00 % of 100 within 2) and none,"
                + " keyframes none");
    assertThat(after.text()).startsWith("inside: pictures first 99% within 2.00 ms");
    assertThat(before.text()).startsWith("inside: pictures first 99% within 1.00 ms");
  }

  private static String exposition(int millisecond, int twoMilliseconds, int all) {
    String name = "roadcast_first_packet_delay_seconds_bucket{frame=\"picture\",worker=\"0\",le=";
    return "# TYPE roadcast_first_packet_delay_seconds histogram\n"
        + name
        + "\"0.001\"} "
        + millisecond
        + "\n"
        + name
        + "\"0.002\"} "
        + twoMilliseconds
        + "\n"
        + name
        + "\"+Inf\"} "
        + all
        + "\nroadcast_streams 1\n";
  }
}
