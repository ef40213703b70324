package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.fleet.store.Vehicles;
import io.roadcast.recorder.policy.PolicyScope;
import io.roadcast.recorder.policy.PolicyTable;
import io.roadcast.recorder.policy.RecordingControl;
import io.roadcast.recorder.policy.RecordingPolicy;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be recorded: policies, and recordings that are started and stopped. */
final class PolicyRoutes {
  private static final String POLICY = "/api/v1/recording-policies/{scope}/{subject}";
  private static final String RECORDING = "/api/v1/streams/{id}/recording";
  private static final long MAX_SECONDS = 24 * 3600L;
  private static final long USUAL_SECONDS = 600;

  private final PolicyTable table;
  private final RecordingControl control;
  private final Vehicles vehicles;
  private final FleetRecords fleet;
  private final RecordingRequest request;
  private final RequestBody bodies;
  private final Json json;

  /** Whose a policy's subject is. */
  private record Subject(PolicyScope scope, String name, UUID organization, Resource resource) {}

  record PolicyList(List<PolicyView> items) {}

  /** What is wanted of a recording that is started. */
  record Wanted(@Nullable Long preRollS, @Nullable Long durationS) {}

  /**
   * How a stream is recorded.
   *
   * @param mode of the policy that counts for it
   * @param startedUntil absent unless somebody started it
   */
  record State(String stream, String quality, String mode, @Nullable Instant startedUntil) {}

  PolicyRoutes(
      PolicyTable table,
      RecordingControl control,
      FleetRecords fleet,
      RecordingRequest request,
      RequestBody bodies,
      Json json) {
    this.table = table;
    this.control = control;
    this.fleet = fleet;
    this.vehicles = fleet.vehicles();
    this.request = request;
    this.bodies = bodies;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/recording-policies", this::list);
    routes.put(POLICY, this::put);
    routes.delete(POLICY, this::remove);
    routes.get(RECORDING, this::show);
    routes.put(RECORDING, this::start);
    routes.delete(RECORDING, this::stop);
  }

  private void list(Context ctx) {
    Principal principal = request.gate().identify(ctx);
    List<PolicyView> seen =
        table.all().stream()
            .filter(
                policy ->
                    request
                        .gate()
                        .permits(
                            principal,
                            Action.VIEW_RECORDINGS,
                            Resource.organization(policy.organization())))
            .map(PolicyView::of)
            .toList();
    if (seen.isEmpty()) {
      request.gate().require(ctx, Action.VIEW_RECORDINGS, Resource.whole());
    }
    answer(ctx, new PolicyList(seen));
  }

  private void put(Context ctx) throws IOException {
    Subject subject = subject(ctx);
    RecordingPolicy policy =
        json.read(
                bodies.read(ctx, RequestBody.MAX_JSON_BYTES),
                PolicyView.Wanted.class,
                ErrorCode.INVALID_BODY)
            .read(subject.scope, subject.name, subject.organization);
    table.put(policy);
    control.changed();
    audit(ctx, subject, "recording-policy.put", policy.mode().label());
    answer(ctx, PolicyView.of(policy));
  }

  private void remove(Context ctx) {
    Subject subject = subject(ctx);
    if (!table.remove(subject.scope, subject.name)) {
      throw notFound();
    }
    control.changed();
    audit(ctx, subject, "recording-policy.remove", null);
    ctx.status(204);
  }

  /**
   * What the path names, if the asker may change what is recorded of it.
   *
   * @throws ApiException UNAUTHENTICATED, FORBIDDEN, RECORDING_NOT_FOUND
   */
  private Subject subject(Context ctx) {
    request.gate().identify(ctx);
    PolicyScope scope =
        PolicyScope.ofLabel(ctx.pathParam("scope")).orElseThrow(PolicyRoutes::notFound);
    Optional<Subject> found =
        switch (scope) {
          case ORGANIZATION ->
              fleet
                  .organizations()
                  .find(uuid(ctx))
                  .map(
                      each ->
                          new Subject(
                              scope,
                              each.id().toString(),
                              each.id(),
                              Resource.organization(each.id())));
          case GROUP ->
              table
                  .organizationOfGroup(uuid(ctx))
                  .map(
                      owner ->
                          new Subject(
                              scope, uuid(ctx).toString(), owner, Resource.organization(owner)));
          case VEHICLE ->
              vehicles
                  .find(uuid(ctx))
                  .map(entry -> entry.vehicle())
                  .map(
                      each ->
                          new Subject(
                              scope,
                              each.id().toString(),
                              each.organization(),
                              Resource.vehicle(each.organization(), each.id())));
          case CHANNEL -> channel(ctx.pathParam("subject"));
        };
    request
        .gate()
        .require(
            ctx, Action.CHANGE_RECORDINGS, found.map(Subject::resource).orElseGet(Resource::whole));
    return found.orElseThrow(PolicyRoutes::notFound);
  }

  private Optional<Subject> channel(String name) {
    StreamId stream = RecordingRequest.stream(name, "main");
    UUID organization = request.owner(stream).organization();
    return organization == null
        ? Optional.empty()
        : Optional.of(
            new Subject(
                PolicyScope.CHANNEL,
                stream.name(),
                organization,
                Resource.terminal(stream.terminal(), organization)));
  }

  private static UUID uuid(Context ctx) {
    return RequestParameters.uuid(ctx, "subject", ErrorCode.RECORDING_NOT_FOUND);
  }

  private void show(Context ctx) {
    StreamId stream = RequestParameters.streamId(ctx, "id");
    request.require(ctx, Action.VIEW_RECORDINGS, stream);
    answer(ctx, state(stream));
  }

  private State state(StreamId stream) {
    Owner owner = request.owner(stream);
    return new State(
        stream.name(),
        stream.quality().label(),
        control.mode(stream, owner).label(),
        control.startedUntil(stream).orElse(null));
  }

  private void start(Context ctx) throws IOException {
    StreamId stream = RequestParameters.streamId(ctx, "id");
    Principal principal = request.require(ctx, Action.CHANGE_RECORDINGS, stream);
    byte[] body = bodies.read(ctx, RequestBody.MAX_JSON_BYTES);
    Wanted wanted =
        body.length == 0
            ? new Wanted(null, null)
            : json.read(body, Wanted.class, ErrorCode.INVALID_BODY);
    Duration preRoll = seconds(wanted.preRollS, 0, 0);
    Duration duration = seconds(wanted.durationS, USUAL_SECONDS, 1);
    Instant until = control.start(stream, preRoll, duration);
    request.audit(
        ctx,
        principal.id(),
        request.owner(stream).organization(),
        "recording.start",
        stream.toString(),
        "until " + until);
    answer(ctx, state(stream));
  }

  private static Duration seconds(@Nullable Long wanted, long usual, long least) {
    long seconds = wanted == null ? usual : wanted;
    if (seconds < least || seconds > MAX_SECONDS) {
      throw new ApiException(
          ErrorCode.INVALID_BODY,
          "pre_roll_s and duration_s are seconds, " + MAX_SECONDS + " at most.");
    }
    return Duration.ofSeconds(seconds);
  }

  private void stop(Context ctx) {
    StreamId stream = RequestParameters.streamId(ctx, "id");
    Principal principal = request.require(ctx, Action.CHANGE_RECORDINGS, stream);
    control.stop(stream);
    request.audit(
        ctx,
        principal.id(),
        request.owner(stream).organization(),
        "recording.stop",
        stream.toString(),
        null);
    ctx.status(204);
  }

  private static ApiException notFound() {
    return new ApiException(ErrorCode.RECORDING_NOT_FOUND, "There is no such policy.");
  }

  private void audit(Context ctx, Subject subject, String action, @Nullable String detail) {
    request.audit(
        ctx,
        request.gate().identify(ctx).id(),
        subject.organization,
        action,
        subject.scope.label() + "/" + subject.name,
        detail);
  }

  private void answer(Context ctx, Object body) {
    ctx.result(json.write(body));
    ctx.contentType("application/json");
  }
}
