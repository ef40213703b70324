package io.roadcast.events.store;

import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.fleet.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The files of events, and the wishes for some. Whoever follows an event is told of each change.
 */
public final class EventEvidence {
  private final Database database;
  private final Runnable committed;

  /**
   * @param committed told when there is something new; must not block
   */
  public EventEvidence(Database database, Runnable committed) {
    this.database = database;
    this.committed = committed;
  }

  /**
   * Adds a file, or what has become of one of the same id.
   *
   * @throws IllegalArgumentException if there is no such event
   */
  public void put(Evidence evidence) {
    database.useTransaction(handle -> put(handle, evidence));
    committed.run();
  }

  private static void put(Handle handle, Evidence evidence) {
    int rows =
        handle
            .createUpdate(
                """
                INSERT INTO event_evidence (id, event_id, kind, state, name, channel, content_type,
                  place, bytes, sha256, begins_at, ends_at, reason, created_at)
                SELECT :id, e.id, :kind, :state, :name, :channel, :type, :place, :bytes, :sha256,
                  :begin, :end, :reason, :created FROM safety_event e WHERE e.id = :event
                ON CONFLICT (id) DO UPDATE SET state = excluded.state, name = excluded.name,
                  channel = excluded.channel, content_type = excluded.content_type,
                  place = excluded.place, bytes = excluded.bytes, sha256 = excluded.sha256,
                  begins_at = excluded.begins_at, ends_at = excluded.ends_at,
                  reason = excluded.reason, updated_at = now()
                """)
            .bind("id", evidence.id())
            .bind("event", evidence.event())
            .bind("kind", evidence.kind().label())
            .bind("state", evidence.state().label())
            .bind("name", evidence.name())
            .bind("channel", evidence.channel())
            .bind("type", evidence.contentType())
            .bind("place", evidence.place())
            .bind("bytes", evidence.bytes())
            .bind("sha256", evidence.sha256())
            .bind("begin", EventRows.time(evidence.from()))
            .bind("end", EventRows.time(evidence.to()))
            .bind("reason", evidence.reason())
            .bind("created", EventRows.time(evidence.createdAt()))
            .execute();
    if (rows == 0) {
      throw new IllegalArgumentException("there is no event " + evidence.event());
    }
    EventChanges.add(handle, EventChange.EVIDENCE, List.of(evidence.event()));
  }

  public Optional<Evidence> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM event_evidence WHERE id = ?")
                .bind(0, id)
                .map((row, context) -> evidence(row))
                .findOne());
  }

  /** Of an event, oldest first. */
  public List<Evidence> of(UUID event) {
    return of(List.of(event));
  }

  /** Of several events, those of each oldest first. */
  public List<Evidence> of(Collection<UUID> events) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM event_evidence WHERE event_id = ANY(:events)"
                        + " ORDER BY event_id, created_at, id")
                .bind("events", events.toArray(UUID[]::new))
                .map((row, context) -> evidence(row))
                .list());
  }

  /** Of all events, oldest first: to go on after a restart. */
  public List<Evidence> unfinished(EvidenceKind kind, EvidenceState state, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM event_evidence WHERE kind = :kind AND state = :state"
                        + " ORDER BY created_at LIMIT :limit")
                .bind("kind", kind.label())
                .bind("state", state.label())
                .bind("limit", limit)
                .map((row, context) -> evidence(row))
                .list());
  }

  private static Evidence evidence(ResultSet row) throws SQLException {
    return new Evidence(
        EventRows.uuid(row, "id"),
        EventRows.uuid(row, "event_id"),
        EvidenceKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        EvidenceState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("name"),
        EventRows.optionalInt(row, "channel"),
        EventRows.optionalText(row, "content_type"),
        EventRows.optionalText(row, "place"),
        EventRows.optionalLong(row, "bytes"),
        EventRows.optionalText(row, "sha256"),
        EventRows.optionalInstant(row, "begins_at"),
        EventRows.optionalInstant(row, "ends_at"),
        EventRows.optionalText(row, "reason"),
        EventRows.instant(row, "created_at"));
  }
}
