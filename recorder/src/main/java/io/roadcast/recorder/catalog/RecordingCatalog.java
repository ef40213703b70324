package io.roadcast.recorder.catalog;

import io.roadcast.fleet.database.Database;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.segment.Gap;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** Kept segments in PostgreSQL. Its methods block, and fail while the database is away. */
public final class RecordingCatalog {
  private static final String UPSERT =
      """
      INSERT INTO recording_segment AS s (id, organization_id, terminal_id, vehicle_id, stream,
        quality, recorded_from, recorded_to, codec, width, height, sound, start_ticks, frames,
        bytes, gaps, place, sha256, state,
        policy, hold)
      VALUES (:id, :organization, :terminal, :vehicle, :stream, :quality, :from, :to, :codec,
        :width, :height, :sound, :start, :frames, :bytes, :gaps, :place, :sha256, :state,
        :policy, :hold)
      ON CONFLICT (id) DO UPDATE SET recorded_to = excluded.recorded_to, frames = excluded.frames,
        bytes = excluded.bytes, gaps = excluded.gaps,
        place = CASE WHEN s.place LIKE 's3/%' THEN s.place ELSE excluded.place END,
        sha256 = excluded.sha256, state = excluded.state, policy = excluded.policy,
        updated_at = now()
      WHERE s.state NOT IN ('deleting', 'deleted')
      """;

  private final Database database;

  public RecordingCatalog(Database database) {
    this.database = database;
  }

  /** Whether what is in it may be deleted. */
  DeletionSwitch deletion() {
    return new DeletionSwitch(database);
  }

  /** Adds or replaces what is known of these; what is being deleted stays so. */
  public void put(Collection<Segment> segments) {
    database.useTransaction(
        handle -> {
          PreparedBatch batch = handle.prepareBatch(UPSERT);
          for (Segment segment : segments) {
            Owner owner = segment.owner();
            batch
                .bind("id", segment.id())
                .bind("organization", owner.organization())
                .bind("terminal", owner.terminal())
                .bind("vehicle", owner.vehicle())
                .bind("stream", segment.stream())
                .bind("quality", segment.quality())
                .bind("from", time(segment.from()))
                .bind("to", time(segment.to()))
                .bind("codec", segment.codec())
                .bind("width", segment.width())
                .bind("height", segment.height())
                .bind("sound", segment.sound())
                .bind("start", segment.startTicks())
                .bind("frames", segment.frames())
                .bind("bytes", segment.bytes())
                .bind("gaps", text(segment.gaps()))
                .bind("place", segment.place())
                .bind("sha256", segment.sha256())
                .bind("state", segment.state().label())
                .bind("policy", segment.keeping().policy())
                .bind("hold", segment.keeping().hold())
                .add();
          }
          batch.execute();
        });
  }

  public Optional<Segment> find(UUID id) {
    return database.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM recording_segment WHERE id = :id")
                .bind("id", id)
                .map(RecordingCatalog::map)
                .findOne());
  }

  /** What there is to be seen, by (from, id). */
  public List<Segment> list(RecordingQuery query, Place after, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM recording_segment
                    WHERE state IN ('recording', 'complete')
                      AND (CAST(:stream AS text) IS NULL OR stream = :stream)
                      AND (CAST(:quality AS text) IS NULL OR quality = :quality)
                      AND (CAST(:vehicle AS uuid) IS NULL OR vehicle_id = :vehicle)
                      AND recorded_from < :to AND (recorded_to > :from OR state = 'recording')
                      AND (recorded_from, id) > (:afterFrom, :afterId)
                    ORDER BY recorded_from, id LIMIT :limit
                    """)
                .bind("stream", query.stream())
                .bind("quality", query.quality())
                .bind("vehicle", query.vehicle())
                .bind("from", time(query.from()))
                .bind("to", time(query.to()))
                .bind("afterFrom", time(after.from()))
                .bind("afterId", after.id())
                .bind("limit", limit)
                .map(RecordingCatalog::map)
                .list());
  }

  /** The days on which something was recorded, as they are in that zone. */
  public List<CatalogDay> days(RecordingQuery query, ZoneId zone) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT DISTINCT day, stream, quality, organization_id, terminal_id, vehicle_id
                    FROM recording_segment,
                      LATERAL (VALUES ((recorded_from AT TIME ZONE :zone)::date),
                        ((recorded_to AT TIME ZONE :zone)::date)) AS days (day)
                    WHERE state IN ('recording', 'complete')
                      AND (CAST(:stream AS text) IS NULL OR stream = :stream)
                      AND (CAST(:quality AS text) IS NULL OR quality = :quality)
                      AND (CAST(:vehicle AS uuid) IS NULL OR vehicle_id = :vehicle)
                      AND recorded_from < :to AND recorded_to > :from
                    ORDER BY day, stream, quality
                    """)
                .bind("zone", zone.getId())
                .bind("stream", query.stream())
                .bind("quality", query.quality())
                .bind("vehicle", query.vehicle())
                .bind("from", time(query.from()))
                .bind("to", time(query.to()))
                .map(
                    (row, context) ->
                        new CatalogDay(
                            row.getObject("day", LocalDate.class),
                            row.getString("stream"),
                            row.getString("quality"),
                            owner(row)))
                .list());
  }

  /** Complete segments that lie here though they ended before, oldest first. */
  List<Segment> due(Instant before, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM recording_segment
                    WHERE state = 'complete' AND recorded_to < :before AND place NOT LIKE 's3/%'
                    ORDER BY recorded_to, id LIMIT :limit
                    """)
                .bind("before", time(before))
                .bind("limit", limit)
                .map(RecordingCatalog::map)
                .list());
  }

  /**
   * A segment lies elsewhere from now on.
   *
   * @return false if it is not to be kept any more
   */
  boolean move(Segment segment, String place) {
    return database.inTransaction(
            handle ->
                handle.execute(
                    "UPDATE recording_segment SET place = ?, updated_at = now()"
                        + " WHERE id = ? AND place = ? AND state = 'complete'",
                    place,
                    segment.id(),
                    segment.place()))
        > 0;
  }

  /** A segment's file is not where it should be. */
  void lost(Segment segment) {
    database.useTransaction(
        handle ->
            handle.execute(
                "UPDATE recording_segment SET state = 'lost', updated_at = now()"
                    + " WHERE id = ? AND place = ? AND state = 'complete'",
                segment.id(),
                segment.place()));
  }

  /** Of all segments that were not deleted, in the order of their making. */
  public List<Segment> all(UUID after, int limit) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM recording_segment WHERE state <> 'deleted' AND id > :after"
                        + " ORDER BY id LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(RecordingCatalog::map)
                .list());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Times in pairs, such as "2026-01-31T12:00:00Z/2026-01-31T12:00:05Z", with spaces between. */
  private static String text(List<Gap> gaps) {
    return gaps.stream().map(gap -> gap.from() + "/" + gap.to()).collect(Collectors.joining(" "));
  }

  private static List<Gap> gaps(String text) {
    return Arrays.stream(text.split(" "))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split("/", 2))
        .map(pair -> new Gap(Instant.parse(pair[0]), Instant.parse(pair[1])))
        .toList();
  }

  private static Owner owner(ResultSet row) throws SQLException {
    return new Owner(
        row.getObject("organization_id", UUID.class),
        row.getObject("terminal_id", UUID.class),
        row.getObject("vehicle_id", UUID.class));
  }

  private static Segment map(ResultSet row, StatementContext context) throws SQLException {
    return new Segment(
        row.getObject("id", UUID.class),
        row.getString("stream"),
        row.getString("quality"),
        owner(row),
        row.getObject("recorded_from", OffsetDateTime.class).toInstant(),
        row.getObject("recorded_to", OffsetDateTime.class).toInstant(),
        row.getString("codec"),
        row.getInt("width"),
        row.getInt("height"),
        row.getString("sound"),
        row.getLong("start_ticks"),
        row.getLong("frames"),
        row.getLong("bytes"),
        gaps(row.getString("gaps")),
        row.getString("place"),
        row.getString("sha256"),
        SegmentState.ofLabel(row.getString("state")),
        new Keeping(row.getString("policy"), row.getBoolean("hold")));
  }
}
