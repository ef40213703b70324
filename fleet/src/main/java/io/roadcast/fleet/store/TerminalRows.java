package io.roadcast.fleet.store;

import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.TerminalIdentity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads terminals together with what they go by and the vehicle they are in. */
final class TerminalRows {
  static final String SELECT =
      """
      SELECT t.*, i.vehicle_id FROM terminal t
      LEFT JOIN installation i ON i.terminal_id = t.id AND i.installed_to IS NULL
      """;

  private TerminalRows() {}

  /** A terminal without its identities, which are read for many at once. */
  record Bare(Terminal terminal) {}

  static Bare map(ResultSet row, StatementContext context) throws SQLException {
    return new Bare(
        new Terminal(
            Rows.uuid(row, "id"),
            Rows.uuid(row, "organization_id"),
            Rows.optionalText(row, "name"),
            Rows.optionalUuid(row, "vehicle_id"),
            facts(row),
            List.of(),
            Rows.optionalInstant(row, "registered_at"),
            Rows.optionalInstant(row, "last_seen_at"),
            Rows.revision(row)));
  }

  /** The IMEI is an identity of the terminal, not a column. */
  private static TerminalFacts facts(ResultSet row) throws SQLException {
    return new TerminalFacts(
        Rows.optionalText(row, "protocol"),
        Rows.optionalText(row, "manufacturer"),
        Rows.optionalText(row, "model"),
        Rows.optionalText(row, "factory_id"),
        Rows.optionalText(row, "software_version"),
        Rows.optionalText(row, "registered_plate"),
        color(row),
        null);
  }

  /** Binds what a terminal said of itself, but for its IMEI. */
  static <S extends SqlStatement<S>> S bind(S statement, TerminalFacts facts) {
    return statement
        .bind("protocol", facts.protocol())
        .bind("manufacturer", facts.manufacturer())
        .bind("model", facts.model())
        .bind("factoryId", facts.factoryId())
        .bind("softwareVersion", facts.softwareVersion())
        .bind("plate", facts.plate())
        .bind("color", facts.plateColor() == null ? null : facts.plateColor().label());
  }

  static @Nullable PlateColor color(ResultSet row) throws SQLException {
    String label = Rows.optionalText(row, "registered_plate_color");
    return label == null ? null : PlateColor.ofLabel(label).orElse(null);
  }

  static List<Terminal> complete(Handle handle, List<Bare> bare) {
    Map<UUID, List<TerminalIdentity>> identities =
        identities(handle, bare.stream().map(each -> each.terminal().id()).toList());
    return bare.stream()
        .map(Bare::terminal)
        .map(terminal -> terminal.goingBy(identities.getOrDefault(terminal.id(), List.of())))
        .toList();
  }

  /** Those of now. */
  private static Map<UUID, List<TerminalIdentity>> identities(
      Handle handle, Collection<UUID> terminals) {
    Map<UUID, List<TerminalIdentity>> found = new HashMap<>();
    if (!terminals.isEmpty()) {
      handle
          .createQuery(
              """
              SELECT * FROM terminal_identity
              WHERE terminal_id = ANY(:terminals) AND valid_to IS NULL ORDER BY kind, digits
              """)
          .bind("terminals", terminals.toArray(UUID[]::new))
          .map(TerminalRows::identity)
          .forEach(
              identity ->
                  found
                      .computeIfAbsent(identity.terminal(), terminal -> new ArrayList<>())
                      .add(identity));
    }
    return found;
  }

  static TerminalIdentity identity(ResultSet row, StatementContext context) throws SQLException {
    byte[] raw = row.getBytes("raw");
    return new TerminalIdentity(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "terminal_id"),
        IdentityKind.ofLabel(row.getString("kind")),
        row.getString("digits"),
        raw == null ? null : HexFormat.of().formatHex(raw),
        Rows.instant(row, "valid_from"),
        Rows.optionalInstant(row, "valid_to"));
  }
}
