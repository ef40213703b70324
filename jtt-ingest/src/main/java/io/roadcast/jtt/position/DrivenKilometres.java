package io.roadcast.jtt.position;

import io.roadcast.events.store.DrivenDistances;
import io.roadcast.fleet.database.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** How far vehicles were driven, by the odometers that their terminals tell with positions. */
public final class DrivenKilometres implements DrivenDistances {
  private static final String DRIVEN =
      """
      SELECT t.terminal, t.vehicle_id, v.group_id, t.organization_id,
        max(t.mileage_km) - min(t.mileage_km) AS km
      FROM track t LEFT JOIN vehicle v ON v.id = t.vehicle_id
      WHERE t.received_at >= :from AND t.at >= :from AND t.at < :to AND t.mileage_km > 0
      GROUP BY t.terminal, t.vehicle_id, v.group_id, t.organization_id
      """;

  private final Database database;

  public DrivenKilometres(Database database) {
    this.database = database;
  }

  @Override
  public List<Driven> between(Instant from, Instant to) {
    return database.withHandle(
        handle ->
            handle
                .createQuery(DRIVEN)
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("to", to.atOffset(ZoneOffset.UTC))
                .map(
                    (row, context) ->
                        new Driven(
                            row.getString("terminal"),
                            row.getObject("vehicle_id", UUID.class),
                            row.getObject("group_id", UUID.class),
                            row.getObject("organization_id", UUID.class),
                            row.getDouble("km")))
                .list());
  }
}
