package io.roadcast.jtt.jt1078;

import io.roadcast.jtt.port.ReasonCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one {@link Jt1078Server}. May be read and written on any thread. */
public final class IngestStatistics {
  private final LongAdder connections = new LongAdder();
  private final LongAdder packets = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder skippedBytes = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder lostPackets = new LongAdder();
  private final LongAdder timestampRepairs = new LongAdder();
  private final ReasonCounts<DropReason> dropped = new ReasonCounts<>(DropReason.class);
  private final ReasonCounts<CloseReason> closed = new ReasonCounts<>(CloseReason.class);

  void connected() {
    connections.increment();
  }

  void connectionEnded(CloseReason reason) {
    closed.add(reason, 1);
  }

  void packet(int length) {
    packets.increment();
    bytes.add(length);
  }

  void skipped(long count) {
    skippedBytes.add(count);
  }

  void gap(int missing) {
    gaps.increment();
    lostPackets.add(missing);
  }

  void timestampsRepaired(long times) {
    timestampRepairs.add(times);
  }

  void dropped(DropReason reason, long count) {
    dropped.add(reason, count);
  }

  /** TCP connections and UDP flows since the start. */
  public long connections() {
    return connections.sum();
  }

  public long packets() {
    return packets.sum();
  }

  /** Bytes of packets, headers included. */
  public long bytes() {
    return bytes.sum();
  }

  /** Bytes that belonged to no packet. */
  public long skippedBytes() {
    return skippedBytes.sum();
  }

  /** Places where sequence numbers are missing. */
  public long gaps() {
    return gaps.sum();
  }

  /** Sequence numbers that are missing. */
  public long lostPackets() {
    return lostPackets.sum();
  }

  /** How often a terminal's clock jumped or stood still. */
  public long timestampRepairs() {
    return timestampRepairs.sum();
  }

  public long dropped(DropReason reason) {
    return dropped.sum(reason);
  }

  /** How many connections ended, or were refused, for this reason. */
  public long closed(CloseReason reason) {
    return closed.sum(reason);
  }
}
