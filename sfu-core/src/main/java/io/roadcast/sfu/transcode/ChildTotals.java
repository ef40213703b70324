package io.roadcast.sfu.transcode;

import java.time.Duration;
import java.util.List;

/** What all children, those that are gone included, come to. */
record ChildTotals(
    int running, long started, long died, long hung, long damaged, long skipped, Duration cpu) {
  static ChildTotals of(List<ChildPlace> places) {
    int running = 0;
    long started = 0;
    long died = 0;
    long hung = 0;
    long damaged = 0;
    long skipped = 0;
    Duration cpu = Duration.ZERO;
    for (ChildPlace place : places) {
      running += place.pid().isPresent() ? 1 : 0;
      started += place.started();
      died += place.died();
      hung += place.hung();
      damaged += place.damaged();
      skipped += place.skipped();
      cpu = cpu.plus(place.cpu());
    }
    return new ChildTotals(running, started, died, hung, damaged, skipped, cpu);
  }
}
