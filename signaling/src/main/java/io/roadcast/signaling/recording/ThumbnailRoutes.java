package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.still.Stills;
import io.roadcast.recorder.still.Stills.Tile;
import io.roadcast.recorder.still.StillsBusyException;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.recording.RecordingRequest.Range;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small pictures of recordings: one of a moment, and sheets of many with a WebVTT file that says
 * which is where, for scrubbing. The sheets it names have signed addresses.
 */
final class ThumbnailRoutes {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int MAX_SEGMENTS = 1000;

  private final Recordings recordings;
  private final Stills stills;
  private final SignedMedia signed;
  private final RecordingRequest request;

  /** Makes a picture of a segment. */
  @FunctionalInterface
  private interface Making {
    Optional<byte[]> make() throws IOException, StillsBusyException;
  }

  ThumbnailRoutes(
      Recordings recordings, Stills stills, SignedMedia signed, RecordingRequest request) {
    this.recordings = recordings;
    this.stills = stills;
    this.signed = signed;
    this.request = request;
  }

  /** Before the routes of single segments, whose pattern takes these paths too. */
  void install(RoutesConfig routes) {
    routes.get("/api/v1/recordings/thumbnails.vtt", this::list);
    routes.get("/api/v1/recordings/{id}/thumbnail.jpg", this::thumbnail);
    routes.get("/api/v1/recordings/{id}/sprite.jpg", this::sprite);
  }

  private void list(Context ctx) {
    request.gate().identify(ctx);
    Range range = RecordingRequest.range(ctx, LONGEST);
    Principal principal = request.require(ctx, Action.VIEW_RECORDINGS, range.stream());
    RecordingQuery query =
        new RecordingQuery(range.stream().name(), range.quality(), null, range.from(), range.to());
    StringBuilder cues = new StringBuilder("WEBVTT\n");
    recordings.list(query, Place.FIRST, MAX_SEGMENTS).stream()
        .filter(segment -> request.permits(principal, Action.VIEW_RECORDINGS, segment))
        .forEach(segment -> cues(cues, segment, range));
    request.audit(
        ctx,
        principal.id(),
        request.owner(range.stream()).organization(),
        "recording.thumbnails",
        range.stream().toString(),
        range.from() + "/" + range.to());
    ctx.result(cues.toString());
    ctx.contentType("text/vtt; charset=utf-8");
  }

  private void cues(StringBuilder cues, Segment segment, Range range) {
    int count = Stills.count(segment);
    for (int sheet = 0; sheet * Stills.TILES < count; sheet++) {
      int tiles = Math.min(Stills.TILES, count - sheet * Stills.TILES);
      String address =
          signed.sign(
              "/api/v1/recordings/"
                  + segment.id()
                  + "/sprite.jpg?sheet="
                  + sheet
                  + "&tiles="
                  + tiles);
      for (int i = 0; i < tiles; i++) {
        Instant from =
            segment.from().plus(Stills.INTERVAL.multipliedBy((long) sheet * Stills.TILES + i));
        Instant to = from.plus(Stills.INTERVAL);
        Instant end = to.isBefore(segment.to()) ? to : segment.to();
        if (end.isAfter(range.from()) && from.isBefore(range.to())) {
          Tile tile = Stills.tile(segment, i);
          cues.append('\n')
              .append(time(range, from))
              .append(" --> ")
              .append(time(range, end))
              .append('\n')
              .append(address)
              .append("#xywh=")
              .append(tile.x() + "," + tile.y() + "," + tile.width() + "," + tile.height())
              .append('\n');
        }
      }
    }
  }

  /** Counted from the beginning of what was asked for. */
  private static String time(Range range, Instant at) {
    long millis = Math.max(0, Duration.between(range.from(), at).toMillis());
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1000 % 60,
        millis % 1000);
  }

  private void thumbnail(Context ctx) throws IOException {
    request.gate().identify(ctx);
    Segment found = found(ctx);
    Principal principal = request.requireKnown(ctx, Action.VIEW_RECORDINGS, found);
    Segment segment = Objects.requireNonNull(found);
    Instant at = RequestParameters.time(ctx, "at").orElse(segment.from());
    request.audit(
        ctx,
        principal.id(),
        segment.owner().organization(),
        "recording.thumbnail",
        segment.id().toString(),
        at.toString());
    answer(ctx, () -> stills.single(recordings.piece(segment), at));
  }

  private void sprite(Context ctx) throws IOException {
    if (!signed.isSigned(ctx)) {
      request.gate().identify(ctx);
      throw new ApiException(
          ErrorCode.FORBIDDEN, "Sheets have the addresses that thumbnails.vtt gives them.");
    }
    int sheet = number(ctx, "sheet");
    int tiles = number(ctx, "tiles");
    Segment segment = found(ctx);
    if (segment == null) {
      throw RecordingRoutes.notFound();
    }
    answer(ctx, () -> stills.sheet(recordings.piece(segment), sheet, tiles));
  }

  private @Nullable Segment found(Context ctx) {
    return RecordingRoutes.visible(
        recordings, RequestParameters.uuid(ctx, "id", ErrorCode.RECORDING_NOT_FOUND));
  }

  private static int number(Context ctx, String name) {
    String text = ctx.queryParam(name);
    if (text == null || !text.matches("[0-9]{1,4}")) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, name + " is a number.");
    }
    return Integer.parseInt(text);
  }

  private static void answer(Context ctx, Making making) throws IOException {
    try {
      ctx.result(making.make().orElseThrow(ThumbnailRoutes::noPicture));
    } catch (StillsBusyException busy) {
      throw new ApiException(ErrorCode.SERVER_OVERLOADED, String.valueOf(busy.getMessage()), AGAIN);
    }
    ctx.contentType("image/jpeg");
    SignedMedia.immutable(ctx);
  }

  private static ApiException noPicture() {
    return new ApiException(
        ErrorCode.RECORDING_NOT_FOUND, "There is no picture that could be shown.");
  }
}
