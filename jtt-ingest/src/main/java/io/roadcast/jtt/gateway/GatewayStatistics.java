package io.roadcast.jtt.gateway;

import io.roadcast.jtt.port.ReasonCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one {@link Jt808Server}. May be read and written on any thread. */
public final class GatewayStatistics {
  private final LongAdder connections = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final LongAdder answers = new LongAdder();
  private final LongAdder authenticated = new LongAdder();
  private final LongAdder refusedAdmissions = new LongAdder();
  private final LongAdder replacements = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder roamed = new LongAdder();
  private final LongAdder positions = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder packageRequests = new LongAdder();
  private final ReasonCounts<DropReason> dropped = new ReasonCounts<>(DropReason.class);
  private final ReasonCounts<CloseReason> closed = new ReasonCounts<>(CloseReason.class);

  void connected() {
    connections.increment();
  }

  void message() {
    messages.increment();
  }

  void answer() {
    answers.increment();
  }

  void admitted() {
    authenticated.increment();
  }

  void refusedAdmission() {
    refusedAdmissions.increment();
  }

  void replaced() {
    replacements.increment();
  }

  void conflict() {
    conflicts.increment();
  }

  void hasRoamed() {
    roamed.increment();
  }

  void countPositions(int count) {
    positions.add(count);
  }

  void request() {
    requests.increment();
  }

  void countPackageRequest() {
    packageRequests.increment();
  }

  void countDropped(DropReason reason) {
    dropped.add(reason, 1);
  }

  void countClosed(CloseReason reason) {
    closed.add(reason, 1);
  }

  /** TCP connections and terminals by UDP since the start. */
  public long connections() {
    return connections.sum();
  }

  /** Sound frames of terminals. */
  public long messages() {
    return messages.sum();
  }

  /** Messages to terminals that answer one of theirs. */
  public long answers() {
    return answers.sum();
  }

  /** Successful 0x0102. */
  public long authenticated() {
    return authenticated.sum();
  }

  /** Refused 0x0100 and 0x0102. */
  public long refusedAdmissions() {
    return refusedAdmissions.sum();
  }

  /** Links that ended because the same terminal connected again. */
  public long replacements() {
    return replacements.sum();
  }

  /** How often terminals were found to drive each other away. */
  public long conflicts() {
    return conflicts.sum();
  }

  /** How often a terminal's UDP address changed. */
  public long roamed() {
    return roamed.sum();
  }

  /** Positions that are kept and were acknowledged. */
  public long positions() {
    return positions.sum();
  }

  /** Commands to terminals that wait for an answer. */
  public long requests() {
    return requests.sum();
  }

  /** How often missing packages were asked for (0x8003). */
  public long packageRequests() {
    return packageRequests.sum();
  }

  public long dropped(DropReason reason) {
    return dropped.sum(reason);
  }

  /** How many links ended, or were refused, for this reason. */
  public long closed(CloseReason reason) {
    return closed.sum(reason);
  }
}
