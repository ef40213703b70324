package io.roadcast.signaling.http;

import io.roadcast.fleet.access.Principal;
import io.roadcast.sfu.router.StreamId;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/** What signaling asks of those who show recordings to viewers. Methods block; any thread. */
public interface PastViewing {
  /** Who asks, and from where. */
  record Asker(Principal principal, String address) {}

  /**
   * Whether somebody may see what is recorded of a stream.
   *
   * @throws ApiException FORBIDDEN
   */
  void admit(Asker asker, StreamId stream);

  /**
   * Answers the offer of a viewer that begins in the past.
   *
   * @throws ApiException FORBIDDEN, RECORDING_NOT_FOUND, RECORDING_UNREADABLE, TOO_MANY_PLAYBACKS,
   *     and what {@link ViewerGateway#open} throws
   */
  ViewerGateway.Opened open(Asker asker, StreamId stream, Instant at, String offer);

  /**
   * Has a viewer shown another time, or the same otherwise.
   *
   * @throws ApiException VIEWER_NOT_FOUND, INVALID_PARAMETER, RECORDING_NOT_FOUND,
   *     RECORDING_UNREADABLE, CODEC_NOT_SUPPORTED, TOO_MANY_PLAYBACKS, PLAYBACK_NOT_ACTIVE, and
   *     where the live picture is wanted what keeps it from coming
   */
  PlaybackView order(Asker asker, UUID viewer, PlaybackCommand command);

  /**
   * What a viewer is shown, and what there is to be shown of a time.
   *
   * @throws ApiException VIEWER_NOT_FOUND
   */
  PlaybackView show(Asker asker, UUID viewer, Instant from, Instant to);

  /** Hears where playbacks are. Must not block. */
  void listen(Consumer<PlaybackView> listener);
}
