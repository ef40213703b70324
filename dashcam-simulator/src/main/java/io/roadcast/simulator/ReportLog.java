package io.roadcast.simulator;

import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The location reports of one terminal that the platform has not acknowledged. Used by one thread,
 * its terminal's.
 */
final class ReportLog {
  private static final int KEPT = 500;
  private static final int PER_BATCH = 20;

  private final Map<Integer, List<LocationReport>> sent = new LinkedHashMap<>();
  private final Deque<LocationReport> waiting = new ArrayDeque<>();

  /** They were sent with this serial number and wait for the platform's word. */
  void sent(int serial, List<LocationReport> reports) {
    sent.put(serial, reports);
    if (sent.size() > KEPT) {
      sent.remove(sent.keySet().iterator().next());
    }
  }

  void acknowledged(int serial) {
    sent.remove(serial);
  }

  /** They could not be sent: for later. */
  void keep(LocationReport report) {
    waiting.add(report);
    if (waiting.size() > KEPT) {
      waiting.poll();
    }
  }

  /** The connection is lost: what it did not acknowledge is for later too. */
  void connectionLost() {
    sent.values().forEach(reports -> reports.forEach(this::keep));
    sent.clear();
  }

  boolean hasLate() {
    return !waiting.isEmpty();
  }

  /** The oldest of those that wait. */
  LocationBatch takeLate() {
    List<LocationReport> reports = new ArrayList<>();
    while (reports.size() < PER_BATCH && !waiting.isEmpty()) {
      reports.add(waiting.poll());
    }
    return LocationBatch.of(LocationBatch.BACKLOG, reports);
  }
}
