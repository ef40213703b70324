package io.roadcast.events.store;

import io.roadcast.events.EventReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Tells reports that come for the first time from repeated ones. */
final class ReportKeys {
  private final Set<String> asked;
  private final Set<String> fresh;

  private ReportKeys(Set<String> asked, Set<String> fresh) {
    this.asked = asked;
    this.fresh = fresh;
  }

  /** Writes down that these have come. */
  static ReportKeys register(Handle handle, List<EventReport> reports) {
    Map<String, EventReport> keys = new LinkedHashMap<>();
    reports.forEach(report -> keys.putIfAbsent(hex(report), report));
    if (keys.isEmpty()) {
      return new ReportKeys(Set.of(), Set.of());
    }
    List<String> times = new ArrayList<>(keys.size());
    keys.values().forEach(report -> times.add(report.receivedAt().toString()));
    List<String> fresh =
        handle
            .createQuery(
                "INSERT INTO event_report (key, received_at)"
                    + " SELECT decode(hex, 'hex'), at::timestamptz"
                    + " FROM unnest(:keys::text[], :times::text[]) AS each(hex, at)"
                    + " ON CONFLICT DO NOTHING RETURNING encode(key, 'hex')")
            .bindArray("keys", String.class, List.copyOf(keys.keySet()))
            .bindArray("times", String.class, times)
            .mapTo(String.class)
            .list();
    return new ReportKeys(Set.copyOf(keys.keySet()), new HashSet<>(fresh));
  }

  /** Whether it has not come before; the second time it has. */
  boolean takeNew(EventReport report) {
    String key = hex(report);
    return fresh.remove(key) || !asked.contains(key);
  }

  private static String hex(EventReport report) {
    return HexFormat.of().formatHex(report.key());
  }
}
