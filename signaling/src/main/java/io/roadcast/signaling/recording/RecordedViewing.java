package io.roadcast.signaling.recording;

import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.recorder.playback.PlaybackException;
import io.roadcast.recorder.playback.PlaybackOrder;
import io.roadcast.recorder.playback.PlaybackOrder.Direction;
import io.roadcast.recorder.playback.PlaybackStatus;
import io.roadcast.recorder.playback.Playbacks;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamUnavailableException;
import io.roadcast.sfu.transport.ViewerOptions;
import io.roadcast.sfu.transport.ViewerRefusedException;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.webrtc.CodecNotSupportedException;
import io.roadcast.sfu.webrtc.SdpException;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.http.PlaybackCommand;
import io.roadcast.signaling.http.PlaybackView;
import io.roadcast.signaling.http.RequestParameters;
import io.roadcast.signaling.http.StreamProblems;
import io.roadcast.signaling.http.ViewerGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Recordings shown to viewers, to those who may see them; what was looked at is written down. */
public final class RecordedViewing implements PastViewing {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final double MOST_SECONDS_BACK = 366 * 24 * 3600.0;

  private final Playbacks playbacks;
  private final Function<UUID, @Nullable Watched> watched;
  private final Gate gate;
  private final RecordingRequest request;

  /**
   * What a viewer watches.
   *
   * @param user who opened it, by the name of a credential
   */
  public record Watched(StreamId stream, String user) {}

  /**
   * @param watched what a viewer watches; null if there is no such viewer
   */
  public RecordedViewing(
      Playbacks playbacks,
      Function<UUID, @Nullable Watched> watched,
      FleetRecords fleet,
      Gate gate) {
    this.playbacks = playbacks;
    this.watched = watched;
    this.gate = gate;
    this.request = new RecordingRequest(fleet, gate);
  }

  @Override
  public void admit(Asker asker, StreamId stream) {
    if (!request.permits(asker.principal(), Action.VIEW_RECORDINGS, stream)) {
      throw new ApiException(ErrorCode.FORBIDDEN, "This credential does not allow that.");
    }
  }

  @Override
  public ViewerGateway.Opened open(Asker asker, StreamId stream, Instant at, String offer) {
    admit(asker, stream);
    try {
      ViewerSession session =
          playbacks.open(
              stream,
              at,
              permitted(asker.principal()),
              offer,
              ViewerOptions.of(asker.principal().id(), asker.address()));
      audit(asker, stream, at);
      return new ViewerGateway.Opened(session.id(), session.iceTag(), session.sdpAnswer());
    } catch (PlaybackException e) {
      throw problem(e);
    } catch (SdpException e) {
      throw new ApiException(ErrorCode.SDP_INVALID, String.valueOf(e.getMessage()));
    } catch (CodecNotSupportedException e) {
      throw new ApiException(ErrorCode.CODEC_NOT_SUPPORTED, String.valueOf(e.getMessage()));
    } catch (ViewerRefusedException e) {
      throw new ApiException(
          ErrorCode.valueOf(e.code()), String.valueOf(e.getMessage()), e.retryAfter());
    }
  }

  @Override
  public PlaybackView order(Asker asker, UUID viewer, PlaybackCommand command) {
    PlaybackOrder order = order(command);
    StreamId stream = visible(asker.principal(), viewer, order);
    try {
      PlaybackStatus status = playbacks.order(viewer, order, permitted(asker.principal()));
      if (order instanceof PlaybackOrder.Seek(Instant at)) {
        audit(asker, stream, at);
      }
      return view(viewer, status, null);
    } catch (PlaybackException e) {
      throw problem(e);
    } catch (StreamUnavailableException e) {
      throw StreamProblems.of(e);
    }
  }

  @Override
  public PlaybackView show(Asker asker, UUID viewer, Instant from, Instant to) {
    StreamId stream = visible(asker.principal(), viewer, null);
    List<PlaybackView.Recorded> recorded =
        playbacks.recorded(stream, from, to, permitted(asker.principal())).stream()
            .map(span -> new PlaybackView.Recorded(millis(span.from()), millis(span.to())))
            .toList();
    return view(viewer, playbacks.status(viewer), recorded);
  }

  @Override
  public void listen(Consumer<PlaybackView> listener) {
    playbacks.addListener((viewer, status) -> listener.accept(view(viewer, status, null)));
  }

  /**
   * The stream of a viewer that the asker may know of and do that to: a viewer is shown what the
   * one wants who opened it, or who might end it.
   */
  private StreamId visible(Principal principal, UUID viewer, @Nullable PlaybackOrder order) {
    Watched found = watched.apply(viewer);
    if (found == null
        || !steers(principal, found)
        || !sees(principal, found.stream, order instanceof PlaybackOrder.Live)) {
      throw new ApiException(ErrorCode.VIEWER_NOT_FOUND, "There is no viewer " + viewer + ".");
    }
    return found.stream;
  }

  private boolean steers(Principal principal, Watched found) {
    return principal.id().equals(found.user)
        || gate.permits(principal, Action.KICK_VIEWER, Resource.stream(found.stream.name()));
  }

  private boolean sees(Principal principal, StreamId stream, boolean live) {
    return live
        ? gate.permits(principal, Action.VIEW_STREAM, Resource.stream(stream.name()))
        : request.permits(principal, Action.VIEW_RECORDINGS, stream);
  }

  private Predicate<Segment> permitted(Principal principal) {
    return segment -> request.permits(principal, Action.VIEW_RECORDINGS, segment);
  }

  private static PlaybackOrder order(PlaybackCommand command) {
    return switch (String.valueOf(command.action())) {
      case "seek" -> new PlaybackOrder.Seek(time(command));
      case "pause" -> new PlaybackOrder.Pause();
      case "resume" -> new PlaybackOrder.Resume();
      case "live" -> new PlaybackOrder.Live();
      case "step" -> new PlaybackOrder.Step(direction(command.direction()));
      case "speed" -> {
        Double speed = command.speed();
        if (speed == null || !(speed >= PlaybackOrder.SLOWEST && speed <= PlaybackOrder.FASTEST)) {
          throw new ApiException(ErrorCode.INVALID_PARAMETER, "\"speed\" is from 0.25 to 16.");
        }
        yield new PlaybackOrder.Speed(speed);
      }
      default ->
          throw new ApiException(
              ErrorCode.INVALID_PARAMETER,
              "\"action\" is seek, pause, resume, speed, step or live.");
    };
  }

  private static Instant time(PlaybackCommand command) {
    String at = command.at();
    Double back = command.backS();
    if (at != null) {
      return RequestParameters.time(at, "at");
    }
    if (back == null || !(back >= 0 && back <= MOST_SECONDS_BACK)) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, "A seek has \"at\", a time, or \"back_s\", seconds.");
    }
    return Instant.now().minusMillis(Math.round(back * 1000));
  }

  private static Direction direction(@Nullable String label) {
    return switch (label) {
      case null -> Direction.FORWARD;
      case "forward" -> Direction.FORWARD;
      case "backward" -> Direction.BACKWARD;
      default ->
          throw new ApiException(
              ErrorCode.INVALID_PARAMETER, "\"direction\" is forward or backward.");
    };
  }

  private static ApiException problem(PlaybackException refusal) {
    String detail = String.valueOf(refusal.getMessage());
    ErrorCode code = code(refusal.code());
    return switch (refusal.code()) {
      case TOO_MANY_PLAYBACKS, UNREADABLE -> new ApiException(code, detail, RETRY_AFTER);
      case NOTHING_RECORDED, CODEC_NOT_SUPPORTED, NOT_PLAYING, VIEWER_NOT_FOUND ->
          new ApiException(code, detail);
    };
  }

  private static ErrorCode code(PlaybackException.Code code) {
    return switch (code) {
      case NOTHING_RECORDED -> ErrorCode.RECORDING_NOT_FOUND;
      case UNREADABLE -> ErrorCode.RECORDING_UNREADABLE;
      case CODEC_NOT_SUPPORTED -> ErrorCode.CODEC_NOT_SUPPORTED;
      case TOO_MANY_PLAYBACKS -> ErrorCode.TOO_MANY_PLAYBACKS;
      case NOT_PLAYING -> ErrorCode.PLAYBACK_NOT_ACTIVE;
      case VIEWER_NOT_FOUND -> ErrorCode.VIEWER_NOT_FOUND;
    };
  }

  private static PlaybackView view(
      UUID viewer, PlaybackStatus status, @Nullable List<PlaybackView.Recorded> recorded) {
    PlaybackException.Code problem = status.problem();
    return new PlaybackView(
        viewer,
        status.state().label(),
        millis(status.at()),
        status.speed(),
        millis(Instant.now()),
        problem == null ? null : code(problem).name(),
        recorded);
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  private void audit(Asker asker, StreamId stream, Instant at) {
    request.audit(
        asker.address(),
        asker.principal().id(),
        request.owner(stream).organization(),
        "recording.play",
        stream.toString(),
        "from " + at);
  }
}
