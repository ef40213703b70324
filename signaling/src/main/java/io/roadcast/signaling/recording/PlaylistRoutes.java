package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.recorder.retrieve.HlsPart;
import io.roadcast.recorder.retrieve.HlsPlaylist;
import io.roadcast.recorder.retrieve.NothingRecordedException;
import io.roadcast.recorder.retrieve.Piece;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.recording.RecordingRequest.Range;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Recordings as HLS. Whoever may have a playlist may have what it names: those addresses are signed
 * and need no credential, and caches may keep what they give.
 */
final class PlaylistRoutes {
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Recordings recordings;
  private final SignedMedia signed;
  private final RecordingRequest request;

  PlaylistRoutes(Recordings recordings, SignedMedia signed, RecordingRequest request) {
    this.recordings = recordings;
    this.signed = signed;
    this.request = request;
  }

  /** Before the routes of single segments, whose pattern takes these paths too. */
  void install(RoutesConfig routes) {
    routes.get("/api/v1/recordings/range.m3u8", this::playlist);
    routes.get("/api/v1/recordings/{id}/init.mp4", this::header);
    routes.get("/api/v1/recordings/{id}/part.m4s", this::part);
  }

  private void playlist(Context ctx) throws IOException {
    request.gate().identify(ctx);
    Range range = RecordingRequest.range(ctx, LONGEST);
    Principal principal = request.require(ctx, Action.VIEW_RECORDINGS, range.stream());
    List<Piece> pieces;
    try {
      pieces =
          recordings.pieces(
              range.stream().name(),
              range.quality(),
              range.from(),
              range.to(),
              segment -> request.permits(principal, Action.VIEW_RECORDINGS, segment));
    } catch (NothingRecordedException nothing) {
      throw RecordedMediaRoutes.nothingRecorded();
    }
    request.audit(
        ctx,
        principal.id(),
        pieces.getFirst().segment().owner().organization(),
        "recording.play",
        range.stream().toString(),
        range.from() + "/" + range.to());
    ctx.result(HlsPlaylist.of(pieces, range.from(), range.to(), signed::sign));
    ctx.contentType("application/vnd.apple.mpegurl");
    ctx.header("Cache-Control", "private, no-store");
  }

  private void header(Context ctx) throws IOException {
    answer(ctx, HlsPart.header(piece(ctx)));
  }

  private void part(Context ctx) throws IOException {
    Piece piece = piece(ctx);
    long first = number(ctx, "first");
    long end = number(ctx, "end");
    Instant base = Instant.ofEpochSecond(number(ctx, "base"));
    answer(ctx, HlsPart.read(piece, first, end, base).orElseThrow(RecordingRoutes::notFound));
  }

  /** The segment that a signed address names. */
  private Piece piece(Context ctx) throws IOException {
    if (!signed.isSigned(ctx)) {
      request.gate().identify(ctx);
      throw new ApiException(
          ErrorCode.FORBIDDEN, "Parts have the addresses that a playlist gives them.");
    }
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.RECORDING_NOT_FOUND);
    Segment segment = RecordingRoutes.visible(recordings, id);
    if (segment == null) {
      throw RecordingRoutes.notFound();
    }
    return recordings.piece(segment);
  }

  private static long number(Context ctx, String name) {
    String text = ctx.queryParam(name);
    if (text == null || text.length() > 12 || !text.matches("[0-9]+")) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, name + " is a number.");
    }
    return Long.parseLong(text);
  }

  private static void answer(Context ctx, byte[] bytes) {
    ctx.result(bytes);
    ctx.contentType("video/mp4");
    SignedMedia.immutable(ctx);
  }
}
