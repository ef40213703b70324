package io.roadcast.recorder.catalog;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.Sidecar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than wanted, and the oldest where there is too much. In two steps: first
 * the catalogue says that a segment goes, then its files go, and a tombstone stays for a while.
 * What is held, or still written, is left alone.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration TOMBSTONE = Duration.ofDays(30);
  private static final int BATCH = 200;

  private final Database database;
  private final SegmentPlaces places;
  private final RetentionConfig config;
  private final LongAdder deleted = new LongAdder();

  public Retention(Database database, SegmentPlaces places, RetentionConfig config) {
    this.database = database;
    this.places = places;
    this.config = config;
  }

  /** Segments deleted since the start. */
  public long deleted() {
    return deleted.sum();
  }

  /** Does it once; while the database is away nothing is deleted. Blocks. */
  public void sweep(Instant now) {
    try {
      int old =
          mark("recorded_to < :limit", "limit", now.minus(config.age()).atOffset(ZoneOffset.UTC));
      long tooMuch = Math.max(bytesKept() - config.maxBytes(), missingRoom());
      int surplus = tooMuch > 0 ? markOldest(tooMuch) : 0;
      if (old + surplus > 0) {
        LOG.info("[recorder] {} segments go by age, {} for lack of room", old, surplus);
      }
      deleteMarked();
      database.useTransaction(
          handle ->
              handle.execute(
                  "DELETE FROM recording_segment WHERE state = 'deleted' AND updated_at < ?",
                  now.minus(TOMBSTONE).atOffset(ZoneOffset.UTC)));
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[recorder] nothing is deleted for now: {}", away.getMessage());
    } catch (IOException failure) {
      LOG.warn("[recorder] recordings could not be deleted: {}", failure.toString());
    }
  }

  /**
   * Deletes one segment for good, whatever its age. Blocks.
   *
   * @return false if it is held, or none that is complete
   */
  public boolean delete(UUID id) throws IOException {
    boolean marked = mark("id = :id", "id", id) > 0;
    deleteMarked();
    return marked;
  }

  /** Protects segments from being deleted, or no longer. */
  public boolean hold(UUID id, boolean held) {
    return database.inTransaction(
            handle ->
                handle.execute(
                    "UPDATE recording_segment SET hold = ?, updated_at = now()"
                        + " WHERE id = ? AND state IN ('recording', 'complete')",
                    held,
                    id))
        > 0;
  }

  private int mark(String condition, String name, Object value) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    "UPDATE recording_segment SET state = 'deleting', updated_at = now() WHERE"
                        + " state IN ('complete', 'lost') AND NOT hold AND "
                        + condition)
                .bind(name, value)
                .execute());
  }

  private long bytesKept() {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT COALESCE(sum(bytes), 0) FROM recording_segment WHERE state ="
                        + " 'complete'")
                .mapTo(Long.class)
                .one());
  }

  private long missingRoom() throws IOException {
    return config.reservedBytes() - Files.getFileStore(places.root()).getUsableSpace();
  }

  /** Marks the oldest ones until they make up these bytes. */
  private int markOldest(long bytes) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE recording_segment SET state = 'deleting', updated_at = now()
                    WHERE id IN (
                      SELECT id FROM (
                        SELECT id, sum(bytes) OVER (ORDER BY recorded_to, id) - bytes AS before
                        FROM recording_segment WHERE state = 'complete' AND NOT hold) AS o
                      WHERE o.before < :bytes)
                    """)
                .bind("bytes", bytes)
                .execute());
  }

  private void deleteMarked() throws IOException {
    List<Map.Entry<UUID, String>> marked = marked();
    while (!marked.isEmpty()) {
      for (Map.Entry<UUID, String> each : marked) {
        Path file = places.file(each.getValue());
        Files.deleteIfExists(file);
        Files.deleteIfExists(Sidecar.of(file));
        deleted.increment();
      }
      List<Map.Entry<UUID, String>> gone = marked;
      database.useTransaction(handle -> bury(handle, gone));
      marked = marked();
    }
  }

  private List<Map.Entry<UUID, String>> marked() {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, place FROM recording_segment WHERE state = 'deleting' LIMIT :limit")
                .bind("limit", BATCH)
                .map((row, context) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                .list());
  }

  private static void bury(Handle handle, List<Map.Entry<UUID, String>> gone) {
    handle
        .createUpdate(
            "UPDATE recording_segment SET state = 'deleted', updated_at = now() WHERE id ="
                + " ANY(:ids)")
        .bind("ids", gone.stream().map(Map.Entry::getKey).toArray(UUID[]::new))
        .execute();
  }
}
