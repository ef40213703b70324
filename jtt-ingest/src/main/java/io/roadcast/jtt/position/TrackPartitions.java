package io.roadcast.jtt.position;

import io.roadcast.fleet.database.Database;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The partitions of the track table: one for each day (UTC) of receipt. */
final class TrackPartitions {
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'track_'yyyyMMdd");

  private TrackPartitions() {}

  /** Makes the partition of a day unless it is there; undone with the transaction. */
  static void make(Handle handle, LocalDate day) {
    String name = NAME.format(day);
    boolean there =
        handle
            .createQuery("SELECT to_regclass(?) IS NOT NULL")
            .bind(0, name)
            .mapTo(Boolean.class)
            .one();
    if (!there) {
      handle.execute(
          "CREATE TABLE IF NOT EXISTS %s PARTITION OF track FOR VALUES FROM ('%s') TO ('%s')"
              .formatted(name, midnight(day), midnight(day.plusDays(1))));
    }
  }

  private static String midnight(LocalDate day) {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC).toInstant().toString();
  }

  /**
   * Drops the days that are longer ago than this.
   *
   * @return how many
   */
  static int drop(Database database, Duration retention, LocalDate today) {
    String oldest = NAME.format(today.minusDays(retention.toDays()));
    List<String> names =
        database.withHandle(
            handle ->
                handle
                    .createQuery(
                        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                            + " WHERE i.inhparent = 'track'::regclass AND c.relname < ?"
                            + " AND c.relname ~ '^track_[0-9]{8}$'")
                    .bind(0, oldest)
                    .mapTo(String.class)
                    .list());
    for (String name : names) {
      database.useTransaction(handle -> handle.execute("DROP TABLE " + name));
    }
    return names.size();
  }
}
