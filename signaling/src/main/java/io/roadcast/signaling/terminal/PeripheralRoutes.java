package io.roadcast.signaling.terminal;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.jtt.safety.Peripheral;
import io.roadcast.jtt.safety.Peripheral.Condition;
import io.roadcast.jtt.safety.Peripheral.Description;
import io.roadcast.jtt.safety.PeripheralTable;
import io.roadcast.signaling.http.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The safety peripherals of a terminal, as it told last. */
final class PeripheralRoutes {
  private final PeripheralTable table;
  private final NamedTerminals terminals;
  private final Json json;

  /** All of a terminal. */
  record Listing(List<View> items) {}

  /**
   * One of them.
   *
   * @param code as the terminal names it
   * @param state null if it was never told
   */
  record View(
      String peripheral,
      int code,
      @Nullable String state,
      @Nullable List<String> alarms,
      @Nullable Instant stateAt,
      @Nullable String company,
      @Nullable String product,
      @Nullable String hardwareVersion,
      @Nullable String softwareVersion,
      @Nullable String serialNumber,
      @Nullable String customerCode,
      @Nullable Instant describedAt) {
    static View of(Peripheral peripheral) {
      Condition condition = peripheral.condition();
      Description of = peripheral.description();
      return new View(
          peripheral.name(),
          peripheral.id(),
          condition == null ? null : condition.stateName(),
          condition == null ? null : condition.alarmNames(),
          condition == null ? null : condition.at(),
          of == null ? null : of.company(),
          of == null ? null : of.product(),
          of == null ? null : of.hardwareVersion(),
          of == null ? null : of.softwareVersion(),
          of == null ? null : of.serialNumber(),
          of == null ? null : of.customerCode(),
          of == null ? null : of.at());
    }
  }

  PeripheralRoutes(PeripheralTable table, NamedTerminals terminals, Json json) {
    this.table = table;
    this.terminals = terminals;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/terminals/{id}/peripherals", this::list);
  }

  private void list(Context ctx) {
    String terminal = terminals.require(ctx, Action.VIEW_FLEET).digits();
    ctx.result(json.write(new Listing(table.of(terminal).stream().map(View::of).toList())));
    ctx.contentType("application/json");
  }
}
