package io.roadcast.signaling.http;

import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * From the camera's glass to the viewer's: from the camera's stamp to here, half a round trip to
 * the viewer, and what pictures wait in its jitter buffer. Only where the camera's clock tells, and
 * the player too; neither the server's own milliseconds nor decoding are in it. Any thread.
 */
final class GlassToGlass {
  private final Router router;

  GlassToGlass(Router router) {
    this.router = router;
  }

  /** In milliseconds; null if it is not known. */
  @Nullable Long millis(StreamId id, ViewerView viewer, @Nullable PlayerFigures player) {
    Stream stream = router.find(id);
    Long captureDelay = stream == null ? null : stream.uplink().captureDelayMs();
    Long roundTrip = viewer.roundTripMs();
    Double waiting = player == null ? null : player.jitterBufferMs();
    return captureDelay == null || roundTrip == null || waiting == null
        ? null
        : (Long) (captureDelay + roundTrip / 2 + Math.round(waiting));
  }
}
