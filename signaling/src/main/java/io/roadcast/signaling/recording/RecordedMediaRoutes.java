package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.exact.GroupsBusyException;
import io.roadcast.recorder.retrieve.FormatChangeException;
import io.roadcast.recorder.retrieve.NotExactException;
import io.roadcast.recorder.retrieve.NothingRecordedException;
import io.roadcast.recorder.retrieve.RangeFile;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.store.SegmentSource;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.recording.RecordingRequest.Range;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Recorded pictures themselves. A link that is signed needs no credential; it is good for what it
 * names, until it expires.
 */
final class RecordedMediaRoutes {
  private static final String RANGE = "/api/v1/recordings/range.mp4";
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** Of a time that is so long ago nothing is added any more. */
  private static final Duration SETTLED = Duration.ofMinutes(2);

  /** In a link: whose pictures it gives. */
  private static final String OWNER = "organization";

  /** Whether the first picture is to be that of the wanted time. */
  private static final String EXACT = "exact";

  private static final String NOBODY = "none";
  private static final int MAX_OWNERS = 500;
  private static final long MAX_VALIDITY_SECONDS = 7 * 24 * 3600L;

  private final Recordings recordings;
  private final GroupCoder coder;
  private final SignedMedia signedMedia;
  private final RecordingRequest request;
  private final RequestBody bodies;
  private final Json json;

  /** What a link is wanted for. */
  record Wanted(
      @Nullable String stream,
      @Nullable String quality,
      @Nullable String from,
      @Nullable String to,
      @Nullable Boolean exact,
      @Nullable Long expiresInS) {}

  /** A link just made. */
  record Link(String url, Instant expiresAt) {}

  RecordedMediaRoutes(
      Recordings recordings,
      GroupCoder coder,
      SignedMedia signedMedia,
      RecordingRequest request,
      RequestBody bodies,
      Json json) {
    this.recordings = recordings;
    this.coder = coder;
    this.signedMedia = signedMedia;
    this.request = request;
    this.bodies = bodies;
    this.json = json;
  }

  /** Before the routes of single segments, whose pattern takes these paths too. */
  void install(RoutesConfig routes) {
    routes.get(RANGE, this::range);
    routes.post("/api/v1/recordings/links", this::link);
    routes.get("/api/v1/recordings/{id}/file", this::file);
  }

  private void range(Context ctx) throws IOException {
    boolean signed = signedMedia.isSigned(ctx);
    if (!signed) {
      request.gate().identify(ctx);
    }
    Range range = RecordingRequest.range(ctx, LONGEST);
    Principal principal =
        signed ? null : request.require(ctx, Action.VIEW_RECORDINGS, range.stream());
    Predicate<Segment> permitted =
        principal == null ? ownedAs(ctx.queryParam(OWNER)) : permitted(principal);
    RangeFile file = exact(ctx) ? findExact(range, permitted) : find(range, permitted);
    ctx.header("X-Roadcast-Start-Offset-Ms", Long.toString(file.startOffset().toMillis()));
    ctx.header(
        "Content-Disposition",
        "attachment; filename=\""
            + range.stream().name()
            + "-"
            + range.from().getEpochSecond()
            + ".mp4\"");
    if (ByteRange.fromTheStart(ctx)) {
      audit(ctx, principal, "recording.download", range);
    }
    if (signed && range.to().isBefore(Instant.now().minus(SETTLED))) {
      SignedMedia.immutable(ctx);
    }
    ByteRange.serve(ctx, file.length(), file::write);
  }

  private RangeFile find(Range range, Predicate<Segment> permitted) throws IOException {
    try {
      return recordings.range(
          range.stream().name(), range.quality(), range.from(), range.to(), permitted);
    } catch (NothingRecordedException nothing) {
      throw nothingRecorded();
    } catch (FormatChangeException change) {
      throw new ApiException(
          ErrorCode.RECORDING_FORMAT_CHANGES, String.valueOf(change.getMessage()));
    }
  }

  private static boolean exact(Context ctx) {
    String wanted = ctx.queryParam(EXACT);
    if (wanted == null || wanted.equals("false")) {
      return false;
    }
    if (!wanted.equals("true")) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "exact is true or false.");
    }
    return true;
  }

  private RangeFile findExact(Range range, Predicate<Segment> permitted) throws IOException {
    try {
      return recordings.exactRange(
          range.stream().name(), range.quality(), range.from(), range.to(), permitted, coder);
    } catch (NothingRecordedException nothing) {
      throw nothingRecorded();
    } catch (FormatChangeException change) {
      throw new ApiException(
          ErrorCode.RECORDING_FORMAT_CHANGES, String.valueOf(change.getMessage()));
    } catch (NotExactException unfit) {
      throw new ApiException(ErrorCode.CODEC_NOT_SUPPORTED, String.valueOf(unfit.getMessage()));
    } catch (GroupsBusyException busy) {
      throw new ApiException(
          ErrorCode.TRANSCODE_BUDGET, String.valueOf(busy.getMessage()), RETRY_AFTER);
    }
  }

  private static String target(Range range) {
    return RANGE
        + "?stream="
        + range.stream().name()
        + "&quality="
        + range.quality()
        + "&from="
        + range.from()
        + "&to="
        + range.to();
  }

  private void link(Context ctx) throws IOException {
    request.gate().identify(ctx);
    Wanted wanted =
        json.read(
            bodies.read(ctx, RequestBody.MAX_JSON_BYTES), Wanted.class, ErrorCode.INVALID_BODY);
    Long seconds = wanted.expiresInS();
    if (wanted.stream() == null
        || wanted.from() == null
        || wanted.to() == null
        || seconds == null
        || seconds < 1
        || seconds > MAX_VALIDITY_SECONDS) {
      throw new ApiException(
          ErrorCode.INVALID_BODY,
          "\"stream\", \"from\", \"to\" and \"expires_in_s\" (1 to "
              + MAX_VALIDITY_SECONDS
              + ") are needed.");
    }
    Range range =
        RecordingRequest.range(
            RecordingRequest.stream(
                wanted.stream(), wanted.quality() == null ? "main" : wanted.quality()),
            RequestParameters.time(wanted.from(), "from"),
            RequestParameters.time(wanted.to(), "to"),
            LONGEST);
    Principal principal = request.require(ctx, Action.VIEW_RECORDINGS, range.stream());
    find(range, permitted(principal));
    String target = target(range) + "&" + OWNER + "=" + owner(range, principal);
    if (Boolean.TRUE.equals(wanted.exact())) {
      target += "&" + EXACT + "=true";
    }
    Instant expiry = signedMedia.expiry(Duration.ofSeconds(seconds));
    audit(ctx, principal, "recording.link", range);
    ctx.status(201);
    ctx.result(json.write(new Link(signedMedia.sign(target, expiry), expiry)));
    ctx.contentType("application/json");
  }

  private void file(Context ctx) throws IOException {
    request.gate().identify(ctx);
    UUID id = RequestParameters.uuid(ctx, "id", ErrorCode.RECORDING_NOT_FOUND);
    Segment found = RecordingRoutes.visible(recordings, id);
    Principal principal = request.requireKnown(ctx, Action.VIEW_RECORDINGS, found);
    Segment segment = Objects.requireNonNull(found);
    if (ByteRange.fromTheStart(ctx)) {
      request.audit(
          ctx,
          principal.id(),
          segment.owner().organization(),
          "recording.download",
          id.toString(),
          null);
    }
    Optional<String> direct = recordings.directAddress(segment);
    if (direct.isPresent()) {
      ctx.header("Cache-Control", "no-store");
      ctx.header("Location", direct.get());
      ctx.status(307);
      return;
    }
    try (SegmentSource source = recordings.open(segment)) {
      ctx.header("Cache-Control", "private, max-age=3600");
      ByteRange.serve(ctx, source.length(), source::copy);
    }
  }

  private Predicate<Segment> permitted(Principal principal) {
    return segment -> request.permits(principal, Action.VIEW_RECORDINGS, segment);
  }

  /** Whose pictures the first of a range are: a link gives those of nobody else. */
  private String owner(Range range, Principal principal) {
    RecordingQuery query =
        new RecordingQuery(range.stream().name(), range.quality(), null, range.from(), range.to());
    return recordings.list(query, Place.FIRST, MAX_OWNERS).stream()
        .filter(permitted(principal))
        .findFirst()
        .map(RecordedMediaRoutes::owner)
        .orElse(NOBODY);
  }

  private static String owner(Segment segment) {
    UUID organization = segment.owner().organization();
    return organization == null ? NOBODY : organization.toString();
  }

  private static Predicate<Segment> ownedAs(@Nullable String owner) {
    return segment -> owner(segment).equals(owner);
  }

  static ApiException nothingRecorded() {
    return new ApiException(ErrorCode.RECORDING_NOT_FOUND, "Nothing is recorded of that time.");
  }

  private void audit(Context ctx, @Nullable Principal principal, String action, Range range) {
    request.audit(
        ctx,
        principal == null ? "signed-link" : principal.id(),
        null,
        action,
        range.stream().toString(),
        range.from() + "/" + range.to());
  }
}
