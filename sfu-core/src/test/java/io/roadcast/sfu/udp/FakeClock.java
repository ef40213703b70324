package io.roadcast.sfu.udp;

import java.time.Duration;
import java.time.Instant;

/** A clock that a test moves. */
final class FakeClock implements WorkerClock {
  private long nanos = 5_000_000_000L;

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant wall() {
    return Instant.ofEpochSecond(1_790_000_000L).plusNanos(nanos);
  }
}
