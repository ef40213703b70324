package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.recording.ExportArchive.Planned;
import io.roadcast.signaling.recording.RecordingRequest.Range;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Archives of several streams: asked for, fetched by a signed address, and watched meanwhile. */
final class ExportRoutes {
  private static final String EXPORT = "/api/v1/recordings/exports/{id}";
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final int MAX_STREAMS = 32;
  private static final int MAX_EXPORTS = 200;

  private final ExportArchive archive;
  private final SignedMedia signed;
  private final RecordingRequest request;
  private final RequestBody bodies;
  private final Json json;

  /** With its monitor held; the latest last. */
  private final Map<UUID, Export> exports = new LinkedHashMap<>();

  /** A stream that goes into an archive. */
  record WantedStream(@Nullable String stream, @Nullable String quality) {}

  /** What an archive is wanted of. */
  record Wanted(@Nullable List<WantedStream> streams, @Nullable String from, @Nullable String to) {}

  ExportRoutes(
      Recordings recordings,
      SignedMedia signed,
      RecordingRequest request,
      RequestBody bodies,
      Json json) {
    this.archive = new ExportArchive(recordings, json);
    this.signed = signed;
    this.request = request;
    this.bodies = bodies;
    this.json = json;
  }

  void install(RoutesConfig routes) {
    routes.post("/api/v1/recordings/exports", this::make);
    routes.get(EXPORT, this::show);
    routes.get(EXPORT + "/archive.zip", this::send);
  }

  private void make(Context ctx) throws IOException {
    Principal principal = request.gate().identify(ctx);
    List<Range> ranges =
        ranges(
            json.read(
                bodies.read(ctx, RequestBody.MAX_JSON_BYTES),
                Wanted.class,
                ErrorCode.INVALID_BODY));
    for (Range range : ranges) {
      request.require(ctx, Action.VIEW_RECORDINGS, range.stream());
    }
    List<Planned> files = plan(principal, ranges);
    if (files.isEmpty()) {
      throw RecordedMediaRoutes.nothingRecorded();
    }
    Export export =
        new Export(
            UUID.randomUUID(),
            principal,
            ranges,
            files.stream().mapToLong(each -> each.file().length()).sum(),
            signed.expiry(VALIDITY));
    synchronized (exports) {
      exports.put(export.id(), export);
      exports.values().removeIf(each -> each.expiresAt().isBefore(Instant.now()));
      if (exports.size() > MAX_EXPORTS) {
        exports.remove(exports.keySet().iterator().next());
      }
    }
    audit(ctx, export, "recording.export");
    ctx.status(201);
    answer(ctx, export);
  }

  private static List<Range> ranges(Wanted wanted) {
    List<WantedStream> streams = wanted.streams();
    if (streams == null
        || streams.isEmpty()
        || streams.size() > MAX_STREAMS
        || wanted.from() == null
        || wanted.to() == null) {
      throw new ApiException(
          ErrorCode.INVALID_BODY,
          "\"from\", \"to\" and \"streams\" (1 to " + MAX_STREAMS + ") are needed.");
    }
    Instant from = RequestParameters.time(wanted.from(), "from");
    Instant to = RequestParameters.time(wanted.to(), "to");
    return streams.stream()
        .distinct()
        .map(
            each ->
                RecordingRequest.range(
                    RecordingRequest.stream(
                        each.stream() == null ? "" : each.stream(),
                        each.quality() == null ? "main" : each.quality()),
                    from,
                    to,
                    LONGEST))
        .toList();
  }

  private List<Planned> plan(Principal principal, List<Range> ranges) throws IOException {
    List<Planned> files = new ArrayList<>();
    for (Range range : ranges) {
      files.addAll(
          archive.plan(
              range, segment -> request.permits(principal, Action.VIEW_RECORDINGS, segment)));
    }
    return files;
  }

  private void show(Context ctx) {
    Principal principal = request.gate().identify(ctx);
    Export export = find(ctx);
    if (!export.principal().id().equals(principal.id())) {
      throw notFound();
    }
    answer(ctx, export);
  }

  private void send(Context ctx) throws IOException {
    if (!signed.isSigned(ctx)) {
      request.gate().identify(ctx);
      throw new ApiException(
          ErrorCode.FORBIDDEN, "An archive has the address that it was made with.");
    }
    Export export = find(ctx);
    List<Planned> files = plan(export.principal(), export.ranges());
    audit(ctx, export, "recording.download");
    ctx.header(
        "Content-Disposition",
        "attachment; filename=\"recordings-"
            + export.ranges().getFirst().from().getEpochSecond()
            + ".zip\"");
    ctx.contentType("application/zip");
    export.begin();
    Export.State end = Export.State.FAILED;
    try {
      archive.write(ctx.res().getOutputStream(), export.principal().id(), files, export::sent);
      end = Export.State.COMPLETE;
    } finally {
      export.end(end);
    }
  }

  private Export find(Context ctx) {
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.RECORDING_NOT_FOUND);
    synchronized (exports) {
      Export export = exports.get(id);
      if (export == null) {
        throw notFound();
      }
      return export;
    }
  }

  private static ApiException notFound() {
    return new ApiException(ErrorCode.RECORDING_NOT_FOUND, "There is no such archive.");
  }

  private void answer(Context ctx, Export export) {
    String url =
        signed.sign(
            "/api/v1/recordings/exports/" + export.id() + "/archive.zip", export.expiresAt());
    ctx.result(json.write(export.view(url)));
    ctx.contentType("application/json");
  }

  /** Once for each of its streams, since they may belong to several. */
  private void audit(Context ctx, Export export, String action) {
    for (Range range : export.ranges()) {
      request.audit(
          ctx,
          export.principal().id(),
          request.owner(range.stream()).organization(),
          action,
          range.stream().toString(),
          range.from() + "/" + range.to() + " in archive " + export.id());
    }
  }
}
