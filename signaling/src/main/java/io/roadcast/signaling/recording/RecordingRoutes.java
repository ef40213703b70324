package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.catalog.Retention;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.PageCursor;
import io.roadcast.signaling.http.RequestParameters;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is recorded; hold and delete. */
final class RecordingRoutes {
  private final Recordings recordings;
  private final Retention retention;
  private final RecordingRequest request;
  private final Json json;

  /** A page of segments. */
  record Page(List<RecordingView> items, @Nullable String next) {}

  RecordingRoutes(Recordings recordings, Retention retention, RecordingRequest request, Json json) {
    this.recordings = recordings;
    this.retention = retention;
    this.request = request;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/recordings", this::list);
    routes.get("/api/v1/recordings/{id}", this::show);
    routes.delete("/api/v1/recordings/{id}", this::delete);
    routes.put("/api/v1/recordings/{id}/hold", ctx -> hold(ctx, true));
    routes.delete("/api/v1/recordings/{id}/hold", ctx -> hold(ctx, false));
  }

  private void list(Context ctx) {
    Principal principal = request.requireList(ctx);
    RecordingQuery query = request.query(ctx);
    int limit = RequestParameters.limit(ctx);
    Place after =
        PageCursor.timed(ctx, (at, id) -> new Place(at, UUID.fromString(id))).orElse(Place.FIRST);
    List<Segment> found = recordings.list(query, after, limit + 1);
    boolean more = found.size() > limit;
    List<Segment> page = more ? found.subList(0, limit) : found;
    String next = more ? cursor(page.getLast()) : null;
    answer(
        ctx,
        new Page(
            page.stream()
                .filter(each -> request.permits(principal, Action.VIEW_RECORDINGS, each))
                .map(RecordingView::of)
                .toList(),
            next));
  }

  private static String cursor(Segment last) {
    return PageCursor.encode(last.from(), last.id());
  }

  private void show(Context ctx) {
    answer(ctx, RecordingView.of(existing(ctx, Action.VIEW_RECORDINGS)));
  }

  private void hold(Context ctx, boolean held) {
    Segment segment = existing(ctx, Action.CHANGE_RECORDINGS);
    if (!retention.hold(segment.id(), held)) {
      throw notFound();
    }
    audit(ctx, segment, held ? "recording.hold" : "recording.release");
    ctx.status(204);
  }

  private void delete(Context ctx) {
    Segment segment = existing(ctx, Action.CHANGE_RECORDINGS);
    if (segment.state() == SegmentState.RECORDING) {
      throw new ApiException(ErrorCode.RECORDING_PROTECTED, "It is still being written.");
    }
    if (retention.deletion().suspended().isPresent()) {
      throw new ApiException(ErrorCode.RECORDING_PROTECTED, "Deletion is suspended.");
    }
    if (!retention.delete(segment.id())) {
      throw new ApiException(ErrorCode.RECORDING_PROTECTED, "Somebody holds it.");
    }
    audit(ctx, segment, "recording.delete");
    ctx.status(204);
  }

  private void audit(Context ctx, Segment segment, String action) {
    request.audit(
        ctx,
        request.gate().identify(ctx).id(),
        segment.owner().organization(),
        action,
        segment.id().toString(),
        null);
  }

  /** The segment of {@code {id}}, if the asker may do that to it. */
  private Segment existing(Context ctx, Action action) {
    request.gate().identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.RECORDING_NOT_FOUND);
    Segment found = visible(recordings, id);
    request.requireKnown(ctx, action, found);
    return Objects.requireNonNull(found);
  }

  static @Nullable Segment visible(Recordings recordings, UUID id) {
    return recordings
        .find(id)
        .filter(
            segment ->
                switch (segment.state()) {
                  case RECORDING, COMPLETE -> true;
                  case LOST, DELETING, DELETED -> false;
                })
        .orElse(null);
  }

  static ApiException notFound() {
    return new ApiException(ErrorCode.RECORDING_NOT_FOUND, "There is no such recording.");
  }

  private void answer(Context ctx, Object body) {
    ctx.result(json.write(body));
    ctx.contentType("application/json");
  }
}
