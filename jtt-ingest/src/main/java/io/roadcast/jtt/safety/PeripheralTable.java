package io.roadcast.jtt.safety;

import io.roadcast.fleet.database.Database;
import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jsatl12.PeripheralReport.Descriptions;
import io.roadcast.jtt.jsatl12.PeripheralReport.Statuses;
import io.roadcast.jtt.jt808.GbkText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Peripherals of terminals in the database. Blocks; any thread. */
public final class PeripheralTable {
  private static final String STATUS =
      "INSERT INTO terminal_peripheral (terminal, peripheral, state, alarms, state_at)"
          + " VALUES (:terminal, :peripheral, :state, :alarms, :at)"
          + " ON CONFLICT (terminal, peripheral) DO UPDATE SET state = excluded.state,"
          + " alarms = excluded.alarms, state_at = excluded.state_at";
  private static final String DESCRIPTION =
      "INSERT INTO terminal_peripheral (terminal, peripheral, company, product, hardware_version,"
          + " software_version, serial_number, customer_code, described_at)"
          + " VALUES (:terminal, :peripheral, :company, :product, :hardware, :software, :serial,"
          + " :customer, :at) ON CONFLICT (terminal, peripheral) DO UPDATE SET"
          + " company = excluded.company, product = excluded.product,"
          + " hardware_version = excluded.hardware_version,"
          + " software_version = excluded.software_version,"
          + " serial_number = excluded.serial_number, customer_code = excluded.customer_code,"
          + " described_at = excluded.described_at";

  private final Database database;

  public PeripheralTable(Database database) {
    this.database = database;
  }

  /**
   * Keeps what a terminal told.
   *
   * @param terminal digits without leading zeros
   */
  void put(String terminal, PeripheralReport report, Instant at) {
    database.useTransaction(
        handle -> {
          switch (report) {
            case Statuses(var all) -> all.forEach(each -> status(handle, terminal, each, at));
            case Descriptions(var all) -> all.forEach(each -> describe(handle, terminal, each, at));
          }
        });
  }

  private static void status(
      Handle handle, String terminal, PeripheralReport.Status status, Instant at) {
    handle
        .createUpdate(STATUS)
        .bind("terminal", terminal)
        .bind("peripheral", status.id())
        .bind("state", status.state())
        .bind("alarms", status.alarms())
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  private static void describe(
      Handle handle, String terminal, PeripheralReport.Description of, Instant at) {
    handle
        .createUpdate(DESCRIPTION)
        .bind("terminal", terminal)
        .bind("peripheral", of.id())
        .bind("company", text(of.company()))
        .bind("product", text(of.product()))
        .bind("hardware", text(of.hardwareVersion()))
        .bind("software", text(of.softwareVersion()))
        .bind("serial", text(of.deviceId()))
        .bind("customer", text(of.customerCode()))
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** The database takes no zero characters, which stand in the middle of some fields. */
  private static String text(GbkText text) {
    return text.value().replace('\0', ' ').strip();
  }

  /** Of a terminal, by their ids. */
  public List<Peripheral> of(String terminal) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM terminal_peripheral WHERE terminal = ? ORDER BY peripheral")
                .bind(0, terminal)
                .map((row, context) -> peripheral(row))
                .list());
  }

  private static Peripheral peripheral(ResultSet row) throws SQLException {
    Instant stateAt = instant(row, "state_at");
    Instant describedAt = instant(row, "described_at");
    return new Peripheral(
        row.getInt("peripheral"),
        stateAt == null
            ? null
            : new Peripheral.Condition(row.getInt("state"), row.getLong("alarms"), stateAt),
        describedAt == null
            ? null
            : new Peripheral.Description(
                row.getString("company"),
                row.getString("product"),
                row.getString("hardware_version"),
                row.getString("software_version"),
                row.getString("serial_number"),
                row.getString("customer_code"),
                describedAt));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
