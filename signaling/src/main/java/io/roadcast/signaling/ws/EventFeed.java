package io.roadcast.signaling.ws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roadcast.events.EventJson;
import io.roadcast.events.Evidence;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventChange;
import io.roadcast.events.store.EventChanges;
import io.roadcast.events.store.EventChanges.Numbered;
import io.roadcast.events.store.EventChanges.Range;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventSequencer;
import io.roadcast.events.store.EventTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What became of events, as it is told. Methods that ask the database block. */
public final class EventFeed {
  private final EventChanges changes;
  private final EventEvidence evidence;
  private final EventTables tables;
  private final EventSequencer sequencer;

  /** A change with the text that clients get. */
  record Told(long number, SafetyEvent event, String text) {}

  public EventFeed(
      EventChanges changes, EventEvidence evidence, EventTables tables, EventSequencer sequencer) {
    this.changes = changes;
    this.evidence = evidence;
    this.tables = tables;
    this.sequencer = sequencer;
  }

  /** Numbers up to this one were handed out. */
  long last() {
    long told = sequencer.told();
    return told < 0 ? changes.kept().last() : told;
  }

  Range kept() {
    return changes.kept();
  }

  List<Told> between(long after, long to) {
    return told(changes.between(after, to));
  }

  /** A group and all groups in it. */
  Set<UUID> within(UUID group) {
    return tables.within(group);
  }

  List<Told> told(List<Numbered> numbered) {
    List<UUID> withFiles = new ArrayList<>();
    for (Numbered each : numbered) {
      if (each.what() != EventChange.CREATED) {
        withFiles.add(each.event().id());
      }
    }
    Map<UUID, List<Evidence>> files = new HashMap<>();
    if (!withFiles.isEmpty()) {
      for (Evidence each : evidence.of(withFiles)) {
        files.computeIfAbsent(each.event(), any -> new ArrayList<>()).add(each);
      }
    }
    List<Told> told = new ArrayList<>(numbered.size());
    for (Numbered each : numbered) {
      SafetyEvent event = each.event();
      if (!event.suppressed()) {
        told.add(
            new Told(each.number(), event, text(each, files.getOrDefault(event.id(), List.of()))));
      }
    }
    return told;
  }

  private static String text(Numbered change, List<Evidence> files) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("type", "event." + change.what().label());
    out.put("number", change.number());
    out.set("event", EventJson.of(change.event(), files));
    return out.toString();
  }
}
