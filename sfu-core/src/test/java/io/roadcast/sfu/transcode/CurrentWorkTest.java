package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CurrentWorkTest {
  private long cpuNanos = 5_000;
  private final CurrentWork work = new CurrentWork(() -> cpuNanos);

  @Test
  void whatOneMessageUsesIsCountedFromTheFirstQuestion() {
    assertThat(work.usedNanos()).isZero();
    work.begins();
    cpuNanos = 6_000;
    assertThat(work.usedNanos()).isZero();
    cpuNanos = 9_000;
    assertThat(work.usedNanos()).isEqualTo(3_000);
    assertThat(work.usedNanos()).as("it waits for the processor").isEqualTo(3_000);
  }

  @Test
  void otherMessagesAreNotAddedUp() {
    work.begins();
    assertThat(work.usedNanos()).isZero();
    work.ends();
    work.begins();
    cpuNanos += 1_000_000;
    assertThat(work.usedNanos()).isZero();
    work.ends();
    assertThat(work.usedNanos()).isZero();
  }
}
