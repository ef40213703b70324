package io.roadcast.recorder.catalog;

import io.roadcast.fleet.database.Database;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.store.Tier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants what kept: in the catalogue first, then beside the file, so that it outlives the
 * catalogue. What could not be written there is written later. Its methods block.
 */
final class Holds {
  private static final Logger LOG = LoggerFactory.getLogger(Holds.class);
  private static final int BATCH = 200;

  private final Database database;
  private final Tier tier;
  private final Ring ring;
  private final RecordingCatalog catalog;

  Holds(Database database, Tier tier, Ring ring) {
    this.database = database;
    this.tier = tier;
    this.ring = ring;
    this.catalog = new RecordingCatalog(database);
  }

  /**
   * @return false if there is no such segment
   */
  boolean set(UUID id, boolean held) {
    boolean changed =
        database.inTransaction(
                handle ->
                    handle.execute(
                        "UPDATE recording_segment SET hold = ?, sidecar_due = true,"
                            + " updated_at = now()"
                            + " WHERE id = ? AND state IN ('recording', 'complete')",
                        held,
                        id))
            > 0;
    if (changed) {
      write(id);
    }
    return changed;
  }

  /** Writes beside the files what could not be written when it was decided. */
  void catchUp() {
    List<UUID> due =
        database.withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT id FROM recording_segment WHERE sidecar_due ORDER BY id LIMIT "
                            + BATCH)
                    .mapTo(UUID.class)
                    .list());
    due.forEach(this::write);
  }

  private void write(UUID id) {
    Optional<Segment> found = catalog.find(id);
    if (found.isEmpty()) {
      return;
    }
    Segment row = found.get();
    try {
      ring.keeping(id, row.keeping());
      if (row.state() == SegmentState.COMPLETE) {
        var sidecar = tier.sidecar(row);
        tier.write(sidecar.in(row.place()).in(row.keeping()));
      }
    } catch (IOException failure) {
      LOG.warn("[recorder] the hold of {} is written beside it later: {}", id, failure.toString());
      return;
    }
    database.useTransaction(
        handle ->
            handle.execute(
                "UPDATE recording_segment SET sidecar_due = false WHERE id = ? AND hold = ?",
                id,
                row.keeping().hold()));
  }
}
