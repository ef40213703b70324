package io.roadcast.signaling.recording;

import io.javalin.http.Context;
import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.AuditTrail;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.fleet.store.VehicleEntry;
import io.roadcast.recorder.catalog.RecordingQuery;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.RequestParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the routes of recordings have in common: what is asked for, whose it is, the audit. */
final class RecordingRequest {
  private static final Duration USUAL = Duration.ofDays(1);
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  private final FleetRecords fleet;
  private final Gate gate;

  /**
   * A time of a stream.
   *
   * @param from inclusive
   * @param to exclusive
   */
  record Range(StreamId stream, Instant from, Instant to) {
    String quality() {
      return stream.quality().label();
    }
  }

  RecordingRequest(FleetRecords fleet, Gate gate) {
    this.fleet = fleet;
    this.gate = gate;
  }

  Gate gate() {
    return gate;
  }

  /** {@code ?stream=}, {@code ?quality=}; null if absent. */
  static @Nullable StreamId stream(Context ctx) {
    String name = ctx.queryParam("stream");
    if (name == null || name.isEmpty()) {
      return null;
    }
    String quality = ctx.queryParam("quality");
    return stream(name, quality == null || quality.isEmpty() ? "main" : quality);
  }

  static StreamId stream(String name, String quality) {
    try {
      return StreamId.parse(name, Quality.ofLabel(quality));
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, "stream is the name of one, quality \"main\" or \"sub\".");
    }
  }

  /**
   * Whether the asker may see recordings of {@code ?stream=}, {@code ?vehicle=}, or any.
   *
   * @throws ApiException UNAUTHENTICATED, FORBIDDEN
   */
  Principal requireList(Context ctx) {
    StreamId stream = stream(ctx);
    UUID vehicle = vehicle(ctx);
    if (stream != null) {
      return require(ctx, Action.VIEW_RECORDINGS, stream);
    }
    Resource resource =
        vehicle == null
            ? Resource.whole()
            : fleet
                .vehicles()
                .find(vehicle)
                .map(VehicleEntry::vehicle)
                .map(found -> Resource.vehicle(found.organization(), found.id()))
                .orElseGet(Resource::whole);
    return gate.require(ctx, Action.VIEW_RECORDINGS, resource);
  }

  /** Which segments {@code ?stream=}, {@code ?vehicle=}, {@code ?from=} and {@code ?to=} mean. */
  RecordingQuery query(Context ctx) {
    StreamId stream = stream(ctx);
    Instant to = RequestParameters.time(ctx, "to").orElseGet(Instant::now);
    Instant from = RequestParameters.time(ctx, "from").orElseGet(() -> to.minus(USUAL));
    if (!from.isBefore(to)) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "from is before to.");
    }
    return new RecordingQuery(
        stream == null ? null : stream.name(),
        stream == null ? null : stream.quality().label(),
        vehicle(ctx),
        from,
        to);
  }

  private static @Nullable UUID vehicle(Context ctx) {
    String text = ctx.queryParam("vehicle");
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "vehicle is the id of one.");
    }
  }

  /** A stream and a time that is not too long. */
  static Range range(Context ctx, Duration longest) {
    StreamId stream = stream(ctx);
    Optional<Instant> from = RequestParameters.time(ctx, "from");
    Optional<Instant> to = RequestParameters.time(ctx, "to");
    if (stream == null || from.isEmpty() || to.isEmpty()) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "stream, from and to are needed.");
    }
    return range(stream, from.get(), to.get(), longest);
  }

  static Range range(StreamId stream, Instant from, Instant to, Duration longest) {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(longest) > 0) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER,
          "from is before to, by " + longest.toHours() + " hours at most.");
    }
    return new Range(stream, from, to);
  }

  /**
   * Whether the asker may do that to what this stream records now.
   *
   * @throws ApiException UNAUTHENTICATED, FORBIDDEN
   */
  Principal require(Context ctx, Action action, StreamId stream) {
    return gate.require(ctx, action, resource(stream));
  }

  Principal require(Context ctx, Action action, Segment segment) {
    return gate.require(ctx, action, resource(segment));
  }

  boolean permits(Principal principal, Action action, StreamId stream) {
    return gate.permits(principal, action, resource(stream));
  }

  /**
   * Who may do that to a segment. One that the asker may not know of is as if there were none.
   *
   * @param segment null if there is none
   * @throws ApiException UNAUTHENTICATED, RECORDING_NOT_FOUND; FORBIDDEN for those who may do that
   *     to nothing
   */
  Principal requireKnown(Context ctx, Action action, @Nullable Segment segment) {
    Principal principal = gate.identify(ctx);
    if (segment != null && permits(principal, action, segment)) {
      return principal;
    }
    if (principal.grants().stream().noneMatch(grant -> grant.actions().contains(action))) {
      gate.require(ctx, action, Resource.whole());
    }
    throw RecordingRoutes.notFound();
  }

  boolean permits(Principal principal, Action action, Segment segment) {
    return gate.permits(principal, action, resource(segment));
  }

  /**
   * Whether somebody may do that to what was recorded.
   *
   * @param organization whose the stream was then
   */
  boolean permits(Principal principal, Action action, String stream, @Nullable UUID organization) {
    return gate.permits(principal, action, recorded(stream, organization));
  }

  /** Whose a stream is at this moment. */
  Owner owner(StreamId stream) {
    return stream.ofTerminal()
            && fleet.identities().byNumber(stream.terminal())
                instanceof Resolution.Known(KnownTerminal known)
        ? new Owner(known.organization(), known.id(), known.vehicle())
        : Owner.nobody();
  }

  private Resource resource(StreamId stream) {
    if (!stream.ofTerminal()) {
      return Resource.stream(stream.name());
    }
    return fleet.identities().byNumber(stream.terminal())
            instanceof Resolution.Known(KnownTerminal known)
        ? Resource.terminal(stream.terminal(), known.organization())
        : Resource.terminal(stream.terminal());
  }

  private static Resource resource(Segment segment) {
    return recorded(segment.stream(), segment.owner().organization());
  }

  /** As it was when it was recorded: a terminal may belong to somebody else today. */
  private static Resource recorded(String name, @Nullable UUID organization) {
    StreamId stream = stream(name, "main");
    if (!stream.ofTerminal()) {
      return Resource.stream(stream.name());
    }
    return organization == null
        ? Resource.terminal(stream.terminal())
        : Resource.terminal(stream.terminal(), organization);
  }

  /**
   * Writes down who watched or changed what.
   *
   * @param resource the segment's id, or the stream's name
   * @param detail such as the time that was asked for
   */
  void audit(
      Context ctx,
      String by,
      @Nullable UUID organization,
      String action,
      String resource,
      @Nullable String detail) {
    audit(ctx.ip(), by, organization, action, resource, detail);
  }

  /**
   * The same.
   *
   * @param address that it was asked from
   */
  void audit(
      String address,
      String by,
      @Nullable UUID organization,
      String action,
      String resource,
      @Nullable String detail) {
    AUDIT.info("{} by={} from={} recording={} {}", action, by, address, resource, detail);
    fleet
        .audit()
        .add(
            new AuditTrail.Entry(
                organization,
                Instant.now(),
                by,
                address,
                action,
                "recording",
                resource,
                "done",
                detail));
  }
}
