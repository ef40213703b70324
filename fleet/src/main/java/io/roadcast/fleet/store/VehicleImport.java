package io.roadcast.fleet.store;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.database.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in many vehicles at once. A line that is wrong is reported and the others are taken all the
 * same; the same file a second time changes nothing.
 */
public final class VehicleImport {
  private static final Logger LOG = LoggerFactory.getLogger(VehicleImport.class);

  /** Lines of one transaction. */
  private static final int BATCH = 500;

  private static final int LINES_PER_NOTE = 2000;

  private final Database database;
  private final PlannerStatistics statistics;
  private final TerminalChanges changes;

  VehicleImport(Database database, PlannerStatistics statistics, TerminalChanges changes) {
    this.database = database;
    this.statistics = statistics;
    this.changes = changes;
  }

  /** What became of a line. */
  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED
  }

  /** What became of several. */
  private static final class Tally {
    private int created;
    private int updated;
    private int unchanged;
    private int failed;
    private final List<ImportResult.Failure> errors = new ArrayList<>();

    void add(Outcome outcome) {
      switch (outcome) {
        case CREATED -> created++;
        case UPDATED -> updated++;
        case UNCHANGED -> unchanged++;
      }
    }

    void fail(int line, FleetException refusal) {
      failed++;
      if (errors.size() < ImportResult.MAX_ERRORS) {
        String detail = String.valueOf(refusal.getMessage());
        errors.add(new ImportResult.Failure(line, refusal.problem(), detail));
      }
    }

    int lines() {
      return created + updated + unchanged + failed;
    }
  }

  /**
   * Blocks, up to a millisecond per line.
   *
   * @param goOn asked now and then; false ends it after the lines that are done
   */
  public ImportResult run(UUID organization, List<ImportRow> rows, BooleanSupplier goOn) {
    long start = System.nanoTime();
    Tally tally = new Tally();
    Set<UUID> touched = new HashSet<>();
    try {
      for (int from = 0; from < rows.size() && goOn.getAsBoolean(); from += BATCH) {
        int before = tally.created;
        take(organization, rows.subList(from, Math.min(rows.size(), from + BATCH)), tally, touched);
        statistics.grown(tally.created - before);
        if (tally.lines() % LINES_PER_NOTE == 0) {
          LOG.info("import: {} of {} lines", tally.lines(), rows.size());
        }
      }
    } finally {
      changes.tell(touched);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    LOG.info(
        "imported {} lines in {} ms: {} created, {} updated, {} unchanged, {} refused",
        tally.lines(),
        took.toMillis(),
        tally.created,
        tally.updated,
        tally.unchanged,
        tally.failed);
    return new ImportResult(
        tally.created, tally.updated, tally.unchanged, tally.failed, tally.errors, took);
  }

  /** All in one transaction; if a line is refused, each half in its own, down to that line. */
  private void take(UUID organization, List<ImportRow> batch, Tally tally, Set<UUID> touched) {
    try {
      Refusals.inTransaction(
              database, handle -> ImportBatch.of(handle, organization, batch).takeAll(touched))
          .forEach(tally::add);
    } catch (FleetException refusal) {
      int half = batch.size() / 2;
      if (half == 0) {
        tally.fail(batch.getFirst().line(), refusal);
        return;
      }
      take(organization, batch.subList(0, half), tally, touched);
      take(organization, batch.subList(half, batch.size()), tally, touched);
    }
  }
}
