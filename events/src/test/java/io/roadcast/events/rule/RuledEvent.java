package io.roadcast.events.rule;

import io.roadcast.events.EventFiles;
import io.roadcast.events.EventHandling;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventPlace;
import io.roadcast.events.EventType;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import io.roadcast.fleet.TimeOrderedId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event that rules are asked about, with what they look at. */
record RuledEvent(
    EventType type,
    Severity severity,
    String source,
    String terminal,
    EventOwner owner,
    @Nullable EventPlace place,
    Instant at,
    boolean backlog,
    @Nullable EventFiles files) {
  static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");

  /** A warning about a phone at 60 km/h in Shanghai, with three files. */
  static RuledEvent usual() {
    return new RuledEvent(
        EventType.ofLabel("dsm.phone"),
        Severity.WARNING,
        "jsatl12",
        "139",
        EventOwner.NOBODY,
        new EventPlace(31.2, 121.5, 10, 60.0, 90),
        T0,
        false,
        new EventFiles("00".repeat(16), 3));
  }

  RuledEvent of(String label) {
    return new RuledEvent(
        EventType.ofLabel(label), severity, source, terminal, owner, place, at, backlog, files);
  }

  RuledEvent of(Severity other) {
    return new RuledEvent(type, other, source, terminal, owner, place, at, backlog, files);
  }

  RuledEvent from(String otherSource, String otherTerminal) {
    return new RuledEvent(
        type, severity, otherSource, otherTerminal, owner, place, at, backlog, files);
  }

  RuledEvent of(EventOwner whose) {
    return new RuledEvent(type, severity, source, terminal, whose, place, at, backlog, files);
  }

  RuledEvent in(@Nullable EventPlace where) {
    return new RuledEvent(type, severity, source, terminal, owner, where, at, backlog, files);
  }

  RuledEvent when(Instant moment) {
    return new RuledEvent(type, severity, source, terminal, owner, place, moment, backlog, files);
  }

  RuledEvent sentLate() {
    return new RuledEvent(type, severity, source, terminal, owner, place, at, true, files);
  }

  RuledEvent withoutFiles() {
    return new RuledEvent(type, severity, source, terminal, owner, place, at, backlog, null);
  }

  SafetyEvent event() {
    return new SafetyEvent(
        TimeOrderedId.next(),
        type,
        severity,
        source,
        terminal,
        owner,
        1,
        place,
        null,
        at,
        at,
        at,
        null,
        backlog,
        false,
        false,
        files,
        "{}",
        EventHandling.NONE,
        at);
  }
}
