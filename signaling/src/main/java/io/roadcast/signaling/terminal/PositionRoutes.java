package io.roadcast.signaling.terminal;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.store.VehicleEntry;
import io.roadcast.jtt.position.Position;
import io.roadcast.jtt.position.PositionTables;
import io.roadcast.jtt.position.PositionTables.Place;
import io.roadcast.jtt.position.PositionTables.Point;
import io.roadcast.jtt.position.PositionTables.Whose;
import io.roadcast.signaling.fleet.PositionView;
import io.roadcast.signaling.fleet.TerminalStates;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.PageCursor;
import io.roadcast.signaling.http.RequestParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where vehicles and terminals are and were. */
final class PositionRoutes {
  private static final Duration LONGEST_TRACK = Duration.ofDays(31);
  private static final Duration USUAL_TRACK = Duration.ofDays(1);

  private final PositionTables tables;
  private final TerminalStates states;
  private final NamedVehicles vehicles;
  private final NamedTerminals terminals;
  private final Json json;

  /** A page of a track. */
  record Page(List<PositionView> items, @Nullable String next) {}

  PositionRoutes(
      PositionTables tables,
      TerminalStates states,
      NamedVehicles vehicles,
      NamedTerminals terminals,
      Json json) {
    this.tables = tables;
    this.states = states;
    this.vehicles = vehicles;
    this.terminals = terminals;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/terminals/{id}/position", this::ofTerminal);
    routes.get("/api/v1/terminals/{id}/track", this::trackOfTerminal);
    routes.get("/api/v1/vehicles/{id}/position", this::ofVehicle);
    routes.get("/api/v1/vehicles/{id}/track", this::trackOfVehicle);
  }

  private void ofTerminal(Context ctx) {
    String terminal = terminals.require(ctx, Action.VIEW_FLEET).digits();
    Optional<Position> last =
        states.position(terminal).or(() -> tables.last(new Whose.Terminal(terminal)));
    answer(ctx, last);
  }

  private void ofVehicle(Context ctx) {
    VehicleEntry entry = vehicles.require(ctx, Action.VIEW_FLEET);
    Optional<Position> present =
        Optional.ofNullable(entry.terminal())
            .flatMap(terminal -> terminal.phone().flatMap(states::position));
    answer(ctx, present.or(() -> tables.last(new Whose.Vehicle(entry.vehicle().id()))));
  }

  private void answer(Context ctx, Optional<Position> position) {
    write(
        ctx,
        PositionView.of(
            position.orElseThrow(
                () -> new ApiException(ErrorCode.POSITION_UNKNOWN, "It has never been located."))));
  }

  private void trackOfTerminal(Context ctx) {
    track(ctx, new Whose.Terminal(terminals.require(ctx, Action.VIEW_FLEET).digits()));
  }

  private void trackOfVehicle(Context ctx) {
    track(ctx, new Whose.Vehicle(vehicles.require(ctx, Action.VIEW_FLEET).vehicle().id()));
  }

  private void track(Context ctx, Whose whose) {
    Instant to = RequestParameters.time(ctx, "to").orElseGet(Instant::now);
    Instant from = RequestParameters.time(ctx, "from").orElseGet(() -> to.minus(USUAL_TRACK));
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_TRACK) > 0) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "from is before to, by 31 days at most.");
    }
    int limit = RequestParameters.limit(ctx);
    Place after =
        PageCursor.timed(ctx, (at, id) -> new Place(at, Long.parseLong(id))).orElse(Place.FIRST);
    List<Point> found = tables.track(whose, from, to, after, limit + 1);
    boolean more = found.size() > limit;
    List<Point> page = more ? found.subList(0, limit) : found;
    write(
        ctx,
        new Page(
            page.stream().map(point -> PositionView.of(point.position())).toList(),
            more ? cursor(page.getLast().place()) : null));
  }

  private static String cursor(Place last) {
    return PageCursor.encode(last.at(), last.id());
  }

  private void write(Context ctx, Object body) {
    ctx.result(json.write(body));
    ctx.contentType("application/json");
  }
}
