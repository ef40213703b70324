package io.roadcast.bench.fanout;

import io.roadcast.sfu.udp.WorkerStatistics;

/**
 * One measurement: processor time per packet, and what was sent.
 *
 * @param nanos user and system
 * @param userNanos sampled by the kernel, so only roughly
 * @param packetBytes of a datagram's payload, on the average
 * @param errors of the port
 */
record FanoutSample(long packets, double nanos, double userNanos, double packetBytes, long errors) {
  private static final double NANOS_PER_TICK = 10_000_000;

  static FanoutSample of(WorkerStatistics before, WorkerStatistics after, CpuTimes used) {
    long packets = Math.max(1, after.packets() - before.packets());
    return new FanoutSample(
        packets,
        (double) used.totalNanos() / packets,
        used.userTicks() * NANOS_PER_TICK / packets,
        (double) (after.bytes() - before.bytes()) / packets,
        after.portErrors() - before.portErrors());
  }

  /** For {@link #parse}. */
  String line() {
    return "sample " + packets + " " + nanos + " " + userNanos + " " + packetBytes + " " + errors;
  }

  static FanoutSample parse(String line) {
    String[] words = line.split(" ");
    if (words.length != 6 || !words[0].equals("sample")) {
      throw new IllegalArgumentException("not a sample: " + line);
    }
    return new FanoutSample(
        Long.parseLong(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        Long.parseLong(words[5]));
  }
}
