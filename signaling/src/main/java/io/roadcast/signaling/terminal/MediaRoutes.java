package io.roadcast.signaling.terminal;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.jtt.multimedia.MediaKind;
import io.roadcast.jtt.multimedia.MediaQuery;
import io.roadcast.jtt.multimedia.MediaRecord;
import io.roadcast.jtt.multimedia.MediaStore;
import io.roadcast.jtt.position.PositionTables.Whose;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.PageCursor;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.http.RouteSet;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pictures, sounds and videos that terminals sent. */
final class MediaRoutes {
  private final MediaStore store;
  private final AuditTrail audit;
  private final NamedVehicles vehicles;
  private final NamedTerminals terminals;
  private final RouteSet.Tools tools;

  /** A page of files. */
  record Page(List<MediaView> items, @Nullable String next) {}

  private record Place(Instant at, UUID id) {}

  MediaRoutes(
      MediaStore store,
      AuditTrail audit,
      NamedVehicles vehicles,
      NamedTerminals terminals,
      RouteSet.Tools tools) {
    this.store = store;
    this.audit = audit;
    this.vehicles = vehicles;
    this.terminals = terminals;
    this.tools = tools;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/terminals/{id}/media", this::ofTerminal);
    routes.get("/api/v1/vehicles/{id}/media", this::ofVehicle);
    routes.get("/api/v1/media/{id}", this::show);
    routes.get("/api/v1/media/{id}/content", this::content);
    routes.delete("/api/v1/media/{id}", this::remove);
  }

  private void ofTerminal(Context ctx) {
    list(ctx, new Whose.Terminal(terminals.require(ctx, Action.VIEW_MEDIA).digits()));
  }

  private void ofVehicle(Context ctx) {
    list(ctx, new Whose.Vehicle(vehicles.require(ctx, Action.VIEW_MEDIA).vehicle().id()));
  }

  /** A terminal may have been somebody else's before: each file is asked for. */
  private void list(Context ctx, Whose whose) {
    MediaQuery query = query(ctx, whose);
    int limit = RequestParameters.limit(ctx);
    List<MediaRecord> found =
        PageCursor.timed(ctx, (at, id) -> new Place(at, UUID.fromString(id)))
            .map(last -> store.olderThan(query, last.at(), last.id(), limit + 1))
            .orElseGet(() -> store.newest(query, limit + 1));
    boolean more = found.size() > limit;
    List<MediaRecord> page = more ? found.subList(0, limit) : found;
    Principal principal = tools.gate().identify(ctx);
    List<MediaView> items =
        page.stream()
            .filter(
                each ->
                    tools.gate().permits(principal, Action.VIEW_MEDIA, MediaView.resource(each)))
            .map(MediaView::of)
            .toList();
    MediaRecord last = more ? page.getLast() : null;
    write(ctx, new Page(items, last == null ? null : cursor(last)));
  }

  private static String cursor(MediaRecord last) {
    return PageCursor.encode(last.at(), last.id());
  }

  private static MediaQuery query(Context ctx, Whose whose) {
    Instant from = RequestParameters.time(ctx, "from").orElse(Instant.EPOCH);
    Instant to =
        RequestParameters.time(ctx, "to").orElseGet(() -> Instant.now().plus(Duration.ofDays(1)));
    if (!from.isBefore(to)) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "from is before to.");
    }
    return new MediaQuery(whose, from, to, kind(ctx), command(ctx));
  }

  private static @Nullable MediaKind kind(Context ctx) {
    String label = ctx.queryParam("kind");
    if (label == null || label.isEmpty()) {
      return null;
    }
    return MediaKind.ofLabel(label)
        .orElseThrow(
            () ->
                new ApiException(
                    ErrorCode.INVALID_PARAMETER, "kind is \"picture\", \"sound\" or \"video\"."));
  }

  private static @Nullable UUID command(Context ctx) {
    String text = ctx.queryParam("command");
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "command is the id of a command.");
    }
  }

  private void show(Context ctx) {
    write(ctx, MediaView.of(require(ctx, Action.VIEW_MEDIA)));
  }

  private void content(Context ctx) throws IOException {
    MediaRecord media = require(ctx, Action.VIEW_MEDIA);
    String tag = "\"" + media.sha256() + "\"";
    ctx.header("ETag", tag);
    ctx.header("Cache-Control", "private, no-cache");
    String known = ctx.header("If-None-Match");
    if (known != null && known.contains(tag)) {
      ctx.status(304);
      return;
    }
    byte[] bytes = store.content(media).orElseThrow(MediaRoutes::missing);
    audit(ctx, media, "media.download");
    ctx.header(
        "Content-Disposition",
        "inline; filename=\"" + media.id() + "." + media.formatName().extension() + "\"");
    ctx.contentType(media.formatName().contentType());
    ctx.result(bytes);
  }

  private void remove(Context ctx) throws IOException {
    MediaRecord media = require(ctx, Action.REMOVE_MEDIA);
    if (!store.remove(media)) {
      throw missing();
    }
    audit(ctx, media, "media.remove");
    ctx.status(204);
  }

  private MediaRecord require(Context ctx, Action action) {
    tools.gate().identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.MEDIA_NOT_FOUND);
    return tools
        .gate()
        .requireFound(ctx, action, store.find(id), MediaView::resource, MediaRoutes::missing);
  }

  private static ApiException missing() {
    return new ApiException(ErrorCode.MEDIA_NOT_FOUND, "There is no such file.");
  }

  private void audit(Context ctx, MediaRecord media, String action) {
    audit.add(
        new AuditTrail.Entry(
            media.owner().organization(),
            Instant.now(),
            tools.gate().identify(ctx).id(),
            ctx.ip(),
            action,
            "media",
            media.id().toString(),
            "done",
            "terminal " + media.terminal()));
  }

  private void write(Context ctx, Object body) {
    ctx.result(tools.json().write(body));
    ctx.contentType("application/json");
  }
}
