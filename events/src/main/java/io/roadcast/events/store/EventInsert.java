package io.roadcast.events.store;

import io.roadcast.events.EventJudge;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventPlace;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.TaskWish;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.FoldedEvents.Draft;
import io.roadcast.events.store.FoldedEvents.Ending;
import io.roadcast.fleet.TimeOrderedId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes a batch of events with all that follows from them, in one transaction. */
final class EventInsert {
  private static final String INSERT =
      """
      INSERT INTO safety_event (id, kind, subtype, severity, source, terminal, terminal_id,
        vehicle_id, group_id, organization_id, channel, latitude, longitude, altitude_m, speed_kmh,
        direction, device_time, at, received_at, ended_at, end_reason, expires_at, fold_key,
        backlog, suppressed, attention, identifier, attachments, details)
      VALUES (:id, :kind, :subtype, :severity, :source, :terminal, :terminal_id, :vehicle_id,
        :group_id, :organization_id, :channel, :latitude, :longitude, :altitude, :speed, :direction,
        :device_time, :at, :received_at, :ended_at, :end_reason, :expires_at, :fold_key, :backlog,
        :suppressed, :attention, :identifier, :attachments,
        CASE WHEN :end_details IS NULL THEN :details::jsonb
          ELSE :details::jsonb || jsonb_build_object('end', :end_details::jsonb) END)
      """;
  private static final String END =
      """
      UPDATE safety_event SET ended_at = :at, end_reason = :reason, updated_at = :now,
        details = CASE WHEN :details IS NULL THEN details
          ELSE details || jsonb_build_object('end', :details::jsonb) END
      WHERE id = :id AND ended_at IS NULL
      """;

  private final Handle handle;
  private final EventJudge judge;
  private final Instant now;

  EventInsert(Handle handle, EventJudge judge, Instant now) {
    this.handle = handle;
    this.judge = judge;
    this.now = now;
  }

  /** Returns those that are new. */
  List<SafetyEvent> write(FoldedEvents folded) {
    VehicleGroups groups = VehicleGroups.read(handle, vehicles(folded));
    List<SafetyEvent> events = new ArrayList<>(folded.fresh().size());
    List<TaskWish> wishes = new ArrayList<>();
    List<UUID> wishing = new ArrayList<>();
    PreparedBatch rows = handle.prepareBatch(INSERT);
    for (Draft draft : folded.fresh()) {
      SafetyEvent event = owned(draft.event(now), groups);
      Verdict verdict = judge.judge(event, groups.of(event.owner().vehicle()));
      bind(rows, draft, event, verdict);
      rows.add();
      for (TaskWish wish : verdict.tasks()) {
        wishes.add(wish);
        wishing.add(event.id());
      }
      events.add(judged(event, verdict));
    }
    if (!events.isEmpty()) {
      rows.execute();
    }
    end(folded.endings());
    tasks(wishing, wishes);
    EventChanges.add(
        handle,
        EventChange.CREATED,
        events.stream().filter(event -> !event.suppressed()).map(SafetyEvent::id).toList());
    EventChanges.add(handle, EventChange.ENDED, folded.endings().stream().map(Ending::id).toList());
    return events;
  }

  private static List<UUID> vehicles(FoldedEvents folded) {
    List<UUID> vehicles = new ArrayList<>();
    for (Draft draft : folded.fresh()) {
      UUID vehicle = draft.report.owner().vehicle();
      if (vehicle != null) {
        vehicles.add(vehicle);
      }
    }
    return vehicles;
  }

  private static SafetyEvent owned(SafetyEvent event, VehicleGroups groups) {
    List<UUID> within = groups.of(event.owner().vehicle());
    EventOwner owner = event.owner();
    return within.isEmpty()
        ? event
        : event.ownedBy(
            new EventOwner(
                owner.terminal(), owner.vehicle(), within.getFirst(), owner.organization()));
  }

  private static SafetyEvent judged(SafetyEvent event, Verdict verdict) {
    return event.judged(verdict.severity(), verdict.suppressed(), verdict.attention());
  }

  private void bind(PreparedBatch row, Draft draft, SafetyEvent event, Verdict verdict) {
    EventOwner owner = event.owner();
    EventPlace place = event.place();
    boolean goesOn = event.open();
    row.bind("id", event.id())
        .bind("kind", event.type().kind().label())
        .bind("subtype", event.type().subtype())
        .bind("severity", verdict.severity().ordinal())
        .bind("source", event.source())
        .bind("terminal", event.terminal())
        .bind("terminal_id", owner.terminal())
        .bind("vehicle_id", owner.vehicle())
        .bind("group_id", owner.group())
        .bind("organization_id", owner.organization())
        .bind("channel", event.channel())
        .bind("latitude", place == null ? null : (Double) place.latitude())
        .bind("longitude", place == null ? null : (Double) place.longitude())
        .bind("altitude", place == null ? null : place.altitude())
        .bind("speed", place == null ? null : place.speed())
        .bind("direction", place == null ? null : place.direction())
        .bind("device_time", event.deviceTime())
        .bind("at", EventRows.time(event.at()))
        .bind("received_at", EventRows.time(event.receivedAt()))
        .bind("ended_at", EventRows.time(event.endedAt()))
        .bind("end_reason", event.endReason())
        .bind("expires_at", goesOn ? EventRows.time(now.plus(draft.longest)) : null)
        .bind("fold_key", goesOn ? draft.report.foldKey() : null)
        .bind("backlog", event.backlog())
        .bind("suppressed", verdict.suppressed())
        .bind("attention", verdict.attention())
        .bind("identifier", identifier(event))
        .bind("attachments", event.files() == null ? 0 : event.files().count())
        .bind("details", event.details())
        .bind("end_details", draft.endDetails);
  }

  private static byte @Nullable [] identifier(SafetyEvent event) {
    return event.files() == null ? null : HexFormat.of().parseHex(event.files().identifier());
  }

  private void end(List<Ending> endings) {
    if (endings.isEmpty()) {
      return;
    }
    PreparedBatch rows = handle.prepareBatch(END);
    for (Ending ending : endings) {
      rows.bind("id", ending.id())
          .bind("at", EventRows.time(ending.at()))
          .bind("reason", ending.reason())
          .bind("now", EventRows.time(now))
          .bind("details", ending.details())
          .add();
    }
    rows.execute();
  }

  private void tasks(List<UUID> events, List<TaskWish> wishes) {
    if (wishes.isEmpty()) {
      return;
    }
    PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO event_task (id, event_id, action, arguments, rule, due_at, state)"
                + " VALUES (:id, :event, :action, :arguments::jsonb, :rule, :now, 'waiting')");
    for (int i = 0; i < wishes.size(); i++) {
      TaskWish wish = wishes.get(i);
      rows.bind("id", TimeOrderedId.next())
          .bind("event", events.get(i))
          .bind("action", wish.action())
          .bind("arguments", wish.arguments())
          .bind("rule", wish.rule())
          .bind("now", EventRows.time(now))
          .add();
    }
    rows.execute();
  }
}
