package io.roadcast.recorder.catalog;

import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.store.Tier;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than its policy wants, and the oldest where there is too much. In two
 * steps: first the catalogue says that a segment goes, then its files go, and a tombstone stays for
 * a while. What is held, or still written, is left alone; while deletion is suspended all is.
 */
public final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration TOMBSTONE = Duration.ofDays(30);
  private static final int BATCH = 200;

  private final Database database;
  private final Tier tier;
  private final Holds holds;
  private final DeletionSwitch deletion;
  private final RetentionConfig config;
  private final DiskGuard guard;
  private final LongAdder deleted = new LongAdder();

  /**
   * @param guard says when there is no room
   */
  public Retention(
      Database database, Tier tier, Ring ring, RetentionConfig config, DiskGuard guard) {
    this.database = database;
    this.tier = tier;
    this.holds = new Holds(database, tier, ring);
    this.deletion = new DeletionSwitch(database);
    this.config = config;
    this.guard = guard;
  }

  /** Segments deleted since the start. */
  public long deleted() {
    return deleted.sum();
  }

  public DeletionSwitch deletion() {
    return deletion;
  }

  /** Does it once; while the database is away nothing is deleted. Blocks. */
  public void sweep(Instant now) {
    try {
      holds.catchUp();
      if (deletion.suspended().isPresent()) {
        return;
      }
      int old = markOld(now);
      int surplus = markSurplusOfPolicies() + markSurplus();
      if (old + surplus > 0) {
        LOG.info("[recorder] {} segments go by age, {} for lack of room", old, surplus);
      }
      deleteMarked();
      guard.look();
      database.useTransaction(
          handle ->
              handle.execute(
                  "DELETE FROM recording_segment WHERE state = 'deleted' AND updated_at < ?",
                  now.minus(TOMBSTONE).atOffset(ZoneOffset.UTC)));
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[recorder] nothing is deleted for now: {}", away.getMessage());
    }
  }

  /** Deletes the oldest that nobody holds when the disk has too little room. Blocks. */
  public void makeRoom(Instant now) {
    if (guard.missingBytes() > 0) {
      sweep(now);
    }
  }

  /**
   * Deletes one segment for good, whatever its age. Blocks.
   *
   * @return false if it is held, or none that is complete, or deletion is suspended
   */
  public boolean delete(UUID id) {
    if (deletion.suspended().isPresent()) {
      return false;
    }
    boolean marked =
        database.inTransaction(
                handle ->
                    handle.execute(
                        "UPDATE recording_segment SET state = 'deleting', updated_at = now() WHERE"
                            + " state IN ('complete', 'lost') AND NOT hold AND id = ?",
                        id))
            > 0;
    deleteMarked();
    return marked;
  }

  /** Protects segments from being deleted, or no longer. Blocks. */
  public boolean hold(UUID id, boolean held) {
    return holds.set(id, held);
  }

  /** What is older than its policy says, or than all may be where no policy says anything. */
  private int markOld(Instant now) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE recording_segment s SET state = 'deleting', updated_at = now()
                    WHERE state IN ('complete', 'lost') AND NOT hold
                      AND recorded_to < :now - make_interval(secs => COALESCE(
                        (SELECT p.keep_seconds FROM recording_policy p
                         WHERE p.scope || '/' || p.subject = s.policy), :usual))
                    """)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("usual", (double) config.age().toSeconds())
                .execute());
  }

  /** The oldest of each policy that has more than it may. */
  private int markSurplusOfPolicies() {
    return database.inTransaction(
        handle ->
            handle.execute(
                """
                UPDATE recording_segment SET state = 'deleting', updated_at = now()
                WHERE id IN (
                  SELECT id FROM (
                    SELECT s.id, s.hold, p.max_bytes, sum(s.bytes) OVER (PARTITION BY s.policy
                      ORDER BY s.hold DESC, s.recorded_to DESC, s.id DESC) AS newer
                    FROM recording_segment s
                    JOIN recording_policy p ON p.scope || '/' || p.subject = s.policy
                    WHERE s.state = 'complete' AND p.max_bytes IS NOT NULL) AS o
                  WHERE o.newer > o.max_bytes AND NOT o.hold)
                """));
  }

  private int markSurplus() {
    long tooMuch = bytesKept() - config.maxBytes();
    int marked = tooMuch > 0 ? markOldest(tooMuch, "%") : 0;
    long missing = guard.missingBytes();
    return missing > 0 ? marked + markOldest(missing, "kept/%") : marked;
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

  /** Marks the oldest ones at such places until they make up these bytes. */
  private int markOldest(long bytes, String places) {
    return database.inTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE recording_segment SET state = 'deleting', updated_at = now()
                    WHERE id IN (
                      SELECT id FROM (
                        SELECT id, sum(bytes) OVER (ORDER BY recorded_to, id) - bytes AS before
                        FROM recording_segment
                        WHERE state = 'complete' AND NOT hold AND place LIKE :places) AS o
                      WHERE o.before < :bytes)
                    """)
                .bind("bytes", bytes)
                .bind("places", places)
                .execute());
  }

  /** What can not be deleted now is tried at the next time. */
  private void deleteMarked() {
    UUID after = new UUID(0, 0);
    List<Map.Entry<UUID, String>> marked = marked(after);
    while (!marked.isEmpty()) {
      List<UUID> gone = marked.stream().filter(this::deleted).map(Map.Entry::getKey).toList();
      if (!gone.isEmpty()) {
        database.useTransaction(handle -> bury(handle, gone));
      }
      deleted.add(gone.size());
      marked = marked(marked.getLast().getKey());
    }
  }

  private boolean deleted(Map.Entry<UUID, String> segment) {
    try {
      tier.delete(segment.getValue());
      return true;
    } catch (IOException failure) {
      LOG.warn("[recorder] {} is deleted later: {}", segment.getKey(), failure.toString());
      return false;
    }
  }

  private List<Map.Entry<UUID, String>> marked(UUID after) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT id, place FROM recording_segment WHERE state = 'deleting'"
                        + " AND id > :after ORDER BY id LIMIT :limit")
                .bind("after", after)
                .bind("limit", BATCH)
                .map((row, context) -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                .list());
  }

  private static void bury(Handle handle, List<UUID> gone) {
    handle
        .createUpdate(
            "UPDATE recording_segment SET state = 'deleted', updated_at = now() WHERE id ="
                + " ANY(:ids)")
        .bind("ids", gone.toArray(UUID[]::new))
        .execute();
  }

  /** What is wrong, in words for the operator. */
  public Optional<String> problem() {
    try {
      return deletion
          .suspended()
          .map(why -> "no recording is deleted since " + why.since() + ": " + why.reason());
    } catch (DatabaseUnavailableException away) {
      return Optional.empty();
    }
  }
}
