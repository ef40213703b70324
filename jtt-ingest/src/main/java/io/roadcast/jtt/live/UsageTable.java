package io.roadcast.jtt.live;

import io.roadcast.fleet.database.Database;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Terminals' data in PostgreSQL. Its methods block, and fail while the database is away. */
public final class UsageTable implements UsageStore {
  private final Database database;

  public UsageTable(Database database) {
    this.database = database;
  }

  @Override
  public Map<Channel, Long> load(YearMonth month) {
    return database.withHandle(
        handle -> {
          Map<Channel, Long> found = new HashMap<>();
          handle
              .createQuery(
                  "SELECT terminal, channel, bytes FROM terminal_data_usage WHERE month = :month")
              .bind("month", month.atDay(1))
              .map(
                  (row, context) ->
                      Map.entry(new Channel(row.getString(1), row.getInt(2)), row.getLong(3)))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return found;
        });
  }

  @Override
  public void add(YearMonth month, Map<Channel, Long> bytes) {
    database.useTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "INSERT INTO terminal_data_usage (terminal, channel, month, bytes)"
                      + " VALUES (:terminal, :channel, :month, :bytes)"
                      + " ON CONFLICT (month, terminal, channel) DO UPDATE"
                      + " SET bytes = terminal_data_usage.bytes + excluded.bytes,"
                      + " updated_at = now()");
          bytes.forEach(
              (channel, more) ->
                  batch
                      .bind("terminal", channel.terminal())
                      .bind("channel", channel.channel())
                      .bind("month", month.atDay(1))
                      .bind("bytes", more)
                      .add());
          batch.execute();
        });
  }
}
