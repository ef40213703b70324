package io.roadcast.jtt.position;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.journal.JournalFollower;
import io.roadcast.jtt.journal.JournalRecord;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.MalformedMessageException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes positions out of the journal into the tables. Used by the follower's thread. */
public final class PositionWriter implements JournalFollower.Target {
  private static final Logger LOG = LoggerFactory.getLogger(PositionWriter.class);

  private static final String COLUMNS =
      "terminal, received_at, at, terminal_id, vehicle_id, organization_id, device_time, latitude,"
          + " longitude, altitude_m, speed_kmh, direction, alarms, video_alarms, status, protocol,"
          + " mileage_km, serial, backlog";

  private static final String VALUES =
      ":terminal::text[], :received_at::timestamptz[], :at::timestamptz[], :terminal_id::uuid[],"
          + " :vehicle_id::uuid[], :organization_id::uuid[], :device_time::timestamp[],"
          + " :latitude::float8[], :longitude::float8[], :altitude::int[], :speed::float4[],"
          + " :direction::smallint[], :alarms::bigint[], :video_alarms::bigint[],"
          + " :status::bigint[], :protocol::smallint[], :mileage::float8[], :serial::int[],"
          + " :backlog::boolean[]";

  private static final String INTO_TRACK =
      "INSERT INTO track ("
          + COLUMNS
          + ", items) SELECT * FROM unnest("
          + VALUES
          + ", :items::bytea[])";

  private static final String INTO_LAST =
      "INSERT INTO last_position ("
          + COLUMNS
          + ") SELECT * FROM unnest("
          + VALUES
          + ")"
          + " ON CONFLICT (terminal) DO UPDATE SET received_at = excluded.received_at,"
          + " at = excluded.at, terminal_id = excluded.terminal_id,"
          + " vehicle_id = excluded.vehicle_id, organization_id = excluded.organization_id,"
          + " device_time = excluded.device_time, latitude = excluded.latitude,"
          + " longitude = excluded.longitude, altitude_m = excluded.altitude_m,"
          + " speed_kmh = excluded.speed_kmh, direction = excluded.direction,"
          + " alarms = excluded.alarms, video_alarms = excluded.video_alarms,"
          + " status = excluded.status, protocol = excluded.protocol,"
          + " mileage_km = excluded.mileage_km, serial = excluded.serial,"
          + " backlog = excluded.backlog WHERE excluded.at >= last_position.at";

  /** A position with all that stands in its row. */
  private record Row(Position position, Ownership.Owner owner, @Nullable String items) {}

  private final Ownership ownership;
  private final LongAdder unreadable = new LongAdder();

  public PositionWriter(Ownership ownership) {
    this.ownership = ownership;
  }

  /** Records that are no location messages; there should be none. */
  public long unreadable() {
    return unreadable.sum();
  }

  @Override
  public void write(Handle handle, List<JournalRecord> records) {
    List<Row> rows = new ArrayList<>(records.size());
    for (JournalRecord each : records) {
      read(each, rows);
    }
    if (rows.isEmpty()) {
      return;
    }
    Map<String, Row> newest = new HashMap<>();
    Set<LocalDate> needed = new HashSet<>();
    for (Row row : rows) {
      needed.add(row.position().receivedAt().atOffset(ZoneOffset.UTC).toLocalDate());
      newest.merge(
          row.position().terminal(),
          row,
          (a, b) -> b.position().at().isBefore(a.position().at()) ? a : b);
    }
    needed.forEach(day -> TrackPartitions.make(handle, day));
    bound(handle.createUpdate(INTO_TRACK), rows)
        .bindArray("items", String.class, rows.stream().map(Row::items).toList())
        .execute();
    bound(handle.createUpdate(INTO_LAST), List.copyOf(newest.values())).execute();
  }

  private void read(JournalRecord value, List<Row> rows) {
    try {
      for (LocationEntry.Located each : LocationEntry.of(value).positions()) {
        Position position = each.position();
        rows.add(new Row(position, ownership.of(position.terminal()), items(each.report())));
      }
    } catch (MalformedMessageException | IllegalArgumentException e) {
      unreadable.increment();
      LOG.error("[journal] a record of {} is no location", value.terminal(), e);
    }
  }

  /** In PostgreSQL's hex form. */
  private static @Nullable String items(LocationReport report) {
    if (report.items().isEmpty()) {
      return null;
    }
    ByteBuf all = Unpooled.buffer();
    for (LocationItem item : report.items()) {
      all.writeByte(item.id()).writeByte(item.data().length());
      item.data().writeTo(all);
    }
    return "\\x" + ByteBufUtil.hexDump(all);
  }

  private static Update bound(Update update, List<Row> rows) {
    strings(update, "terminal", rows, row -> row.position().terminal());
    strings(update, "received_at", rows, row -> row.position().receivedAt().toString());
    strings(update, "at", rows, row -> row.position().at().toString());
    strings(update, "terminal_id", rows, row -> text(row.owner().terminal()));
    strings(update, "vehicle_id", rows, row -> text(row.owner().vehicle()));
    strings(update, "organization_id", rows, row -> text(row.owner().organization()));
    strings(
        update,
        "device_time",
        rows,
        row -> row.position().deviceTime() == null ? null : row.position().deviceTime().toString());
    strings(update, "backlog", rows, row -> Boolean.toString(row.position().backlog()));
    doubles(update, "latitude", rows, row -> row.position().latitude());
    doubles(update, "longitude", rows, row -> row.position().longitude());
    doubles(update, "speed", rows, row -> row.position().speed());
    doubles(update, "mileage", rows, row -> row.position().mileage());
    longs(update, "altitude", rows, row -> (long) row.position().altitude());
    longs(update, "direction", rows, row -> (long) Math.min(row.position().direction(), 0x7fff));
    longs(update, "alarms", rows, row -> row.position().alarms());
    longs(update, "video_alarms", rows, row -> row.position().videoAlarms());
    longs(update, "status", rows, row -> row.position().status());
    longs(update, "protocol", rows, row -> (long) row.position().version().year());
    longs(update, "serial", rows, row -> (long) row.position().serial());
    return update;
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static void strings(
      Update update, String name, List<Row> rows, Function<Row, @Nullable String> value) {
    update.bindArray(name, String.class, values(rows, value));
  }

  private static void doubles(
      Update update, String name, List<Row> rows, Function<Row, @Nullable Double> value) {
    update.bindArray(name, Double.class, values(rows, value));
  }

  private static void longs(Update update, String name, List<Row> rows, Function<Row, Long> value) {
    update.bindArray(name, Long.class, values(rows, value));
  }

  private static <T> List<@Nullable T> values(
      List<Row> rows, Function<Row, ? extends @Nullable T> value) {
    List<@Nullable T> all = new ArrayList<>(rows.size());
    for (Row row : rows) {
      all.add(value.apply(row));
    }
    return all;
  }
}
