package io.roadcast.signaling.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.events.EventJson;
import io.roadcast.events.Evidence;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventQuery;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.EventTables.Place;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.position.PositionTables;
import io.roadcast.jtt.position.PositionTables.Whose;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.retrieve.ServerTimeline;
import io.roadcast.recorder.retrieve.Timeline;
import io.roadcast.recorder.retrieve.TooMuchRecordedException;
import io.roadcast.signaling.fleet.PositionView;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.http.RouteSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a vehicle did: where it was, what happened to it, what is recorded of it. */
public final class VehicleTimeline implements RouteSet {
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final int POSITIONS = 500;

  private final FleetRecords fleet;
  private final PositionTables positions;
  private final EventTables events;
  private final EventEvidence evidence;
  private final Timeline recordings;

  /**
   * Parts that the asker may not see are absent.
   *
   * @param moreEvents there are older ones in this time
   */
  record View(
      UUID vehicle,
      Instant from,
      Instant to,
      List<PositionView> positions,
      @Nullable JsonNode events,
      @Nullable Boolean moreEvents,
      @Nullable List<TimelineLineView> recordings) {}

  public VehicleTimeline(
      FleetRecords fleet,
      PositionTables positions,
      EventTables events,
      EventEvidence evidence,
      Recordings recordings) {
    this.fleet = fleet;
    this.positions = positions;
    this.events = events;
    this.evidence = evidence;
    this.recordings = new Timeline(List.of(new ServerTimeline(recordings)));
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    routes.get("/api/v1/vehicles/{id}/timeline", ctx -> show(ctx, tools));
  }

  private void show(Context ctx, Tools tools) {
    Gate gate = tools.gate();
    Principal principal = gate.identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.VEHICLE_NOT_FOUND);
    Resource vehicle = require(ctx, gate, id);
    Instant to = RequestParameters.time(ctx, "to").orElseGet(Instant::now);
    Instant from = RequestParameters.time(ctx, "from").orElseGet(() -> to.minus(USUAL));
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER,
          "from is before to, by " + LONGEST.toDays() + " days at most.");
    }
    List<SafetyEvent> happened =
        gate.permits(principal, Action.VIEW_EVENTS, vehicle)
            ? happened(gate, principal, id, from, to, RequestParameters.limit(ctx) + 1)
            : null;
    boolean more = happened != null && happened.size() > RequestParameters.limit(ctx);
    View view =
        new View(
            id,
            from,
            to,
            positions.sketch(new Whose.Vehicle(id), from, to, POSITIONS).stream()
                .map(PositionView::of)
                .toList(),
            happened == null
                ? null
                : views(more ? happened.subList(0, happened.size() - 1) : happened),
            happened == null ? null : (Boolean) more,
            gate.permits(principal, Action.VIEW_RECORDINGS, vehicle)
                ? recorded(new RecordingRequest(fleet, gate), principal, id, from, to)
                : null);
    ctx.result(tools.json().write(view));
    ctx.contentType("application/json");
  }

  private Resource require(Context ctx, Gate gate, UUID id) {
    Optional<Resource> found =
        fleet
            .vehicles()
            .find(id)
            .map(entry -> Resource.vehicle(entry.vehicle().organization(), id));
    gate.require(ctx, Action.VIEW_FLEET, found.orElseGet(Resource::whole));
    return found.orElseThrow(
        () -> new ApiException(ErrorCode.VEHICLE_NOT_FOUND, "There is no such vehicle."));
  }

  private List<SafetyEvent> happened(
      Gate gate, Principal principal, UUID vehicle, Instant from, Instant to, int limit) {
    return events.list(EventQuery.ofVehicle(vehicle, from, to), Place.FIRST, limit).stream()
        .filter(event -> gate.permits(principal, Action.VIEW_EVENTS, resource(event)))
        .toList();
  }

  /** Whose it was when it happened. */
  private static Resource resource(SafetyEvent event) {
    UUID organization = event.owner().organization();
    return organization == null
        ? Resource.terminal(event.terminal())
        : Resource.terminal(event.terminal(), organization);
  }

  private JsonNode views(List<SafetyEvent> happened) {
    Map<UUID, List<Evidence>> files = new HashMap<>();
    for (Evidence each : evidence.of(happened.stream().map(SafetyEvent::id).toList())) {
      files.computeIfAbsent(each.event(), any -> new ArrayList<>()).add(each);
    }
    ArrayNode views = JsonNodeFactory.instance.arrayNode();
    happened.forEach(
        event -> views.add(EventJson.of(event, files.getOrDefault(event.id(), List.of()))));
    return views;
  }

  private List<TimelineLineView> recorded(
      RecordingRequest request, Principal principal, UUID vehicle, Instant from, Instant to) {
    try {
      return recordings
          .lines(
              new RecordingQuery(null, null, vehicle, from, to),
              span ->
                  request.permits(
                      principal,
                      Action.VIEW_RECORDINGS,
                      span.stream(),
                      span.owner().organization()))
          .stream()
          .map(TimelineLineView::of)
          .toList();
    } catch (TooMuchRecordedException tooMuch) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, String.valueOf(tooMuch.getMessage()));
    }
  }
}
