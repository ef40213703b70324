package io.roadcast.sfu.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SentPacketsTest {
  private final SentPackets sent = new SentPackets();

  @Test
  void remembersEveryPacketOfABurstAndForgetsOldOnes() {
    for (int i = 0; i < 3000; i++) {
      assertThat(sent.add(100 + i % 50, 1_000_000 + i)).isEqualTo(i);
    }
    assertThat(sent.find(0)).isZero();
    assertThat(sent.sentMicros(7, 1_500_000)).isEqualTo(1_000_007);
    assertThat(sent.came(7)).isEqualTo(107);
    for (int i = 0; i < 100_000; i++) {
      sent.add(100, 10_000_000 + i * 1000L);
    }
    assertThat(sent.find((103_000 - 9000) & 0xffff)).as("bounded").isEqualTo(-1);
    assertThat(sent.find((103_000 - 100) & 0xffff)).isEqualTo(102_900);
  }

  @Test
  void numbersWrapAndTimesToo() {
    long late = (1L << 32) - 500;
    for (int i = 0; i < 70_000; i++) {
      assertThat(sent.add(10, late + i)).isEqualTo(i & 0xffff);
    }
    long packet = sent.find(69_999 & 0xffff);
    assertThat(packet).isEqualTo(69_999);
    assertThat(sent.sentMicros(packet, late + 80_000)).isEqualTo(late + 69_999);
  }

  @Test
  void aPacketIsReportedOnce() {
    sent.add(500, 1);
    assertThat(sent.lost(0)).isTrue();
    assertThat(sent.lost(0)).isFalse();
    assertThat(sent.isLost(0)).isTrue();
    assertThat(sent.came(0)).as("it came after all").isEqualTo(500);
    assertThat(sent.came(0)).isZero();
    assertThat(sent.find(1)).as("not sent yet").isEqualTo(-1);
  }
}
