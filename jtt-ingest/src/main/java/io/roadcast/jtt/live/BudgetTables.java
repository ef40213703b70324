package io.roadcast.jtt.live;

import io.roadcast.fleet.database.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Budgets in PostgreSQL. Its methods block, and fail while the database is away. */
public final class BudgetTables implements BudgetStore {
  private final Database database;

  public BudgetTables(Database database) {
    this.database = database;
  }

  @Override
  public Map<UUID, Long> load(Kind kind) {
    String query =
        switch (kind) {
          case TERMINAL -> "SELECT terminal_id, monthly_bytes FROM terminal_data_budget";
          case ORGANIZATION ->
              "SELECT organization_id, monthly_bytes FROM organization_data_budget";
        };
    return database.withHandle(
        handle -> {
          Map<UUID, Long> found = new HashMap<>();
          handle
              .createQuery(query)
              .map((row, context) -> Map.entry(row.getObject(1, UUID.class), row.getLong(2)))
              .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
          return found;
        });
  }

  @Override
  public void set(Kind kind, UUID id, @Nullable Long monthlyBytes) {
    if (monthlyBytes == null) {
      String removal =
          switch (kind) {
            case TERMINAL -> "DELETE FROM terminal_data_budget WHERE terminal_id = ?";
            case ORGANIZATION -> "DELETE FROM organization_data_budget WHERE organization_id = ?";
          };
      database.useTransaction(handle -> handle.execute(removal, id));
      return;
    }
    String change =
        switch (kind) {
          case TERMINAL ->
              "INSERT INTO terminal_data_budget (terminal_id, monthly_bytes) VALUES (?, ?)"
                  + " ON CONFLICT (terminal_id) DO UPDATE"
                  + " SET monthly_bytes = excluded.monthly_bytes, updated_at = now()";
          case ORGANIZATION ->
              "INSERT INTO organization_data_budget (organization_id, monthly_bytes) VALUES (?, ?)"
                  + " ON CONFLICT (organization_id) DO UPDATE"
                  + " SET monthly_bytes = excluded.monthly_bytes, updated_at = now()";
        };
    database.useTransaction(handle -> handle.execute(change, id, monthlyBytes));
  }
}
