package io.roadcast.sfu.whep;

import io.roadcast.sfu.router.StreamId;
import java.time.Instant;

/**
 * How it stands with a stream of another server.
 *
 * @param endpoint where it is asked for
 * @param since when it came into this state
 * @param attempts how often it was asked for
 * @param problem why it ended or could not be had the last time; empty if it never did
 */
public record RemoteStatus(
    StreamId id, String endpoint, RemoteState state, Instant since, long attempts, String problem) {
  static RemoteStatus of(RemoteStream remote) {
    return new RemoteStatus(
        remote.id(), remote.endpoint().toString(), RemoteState.CONNECTING, Instant.now(), 0, "");
  }

  /** It is asked for once more. */
  RemoteStatus asked() {
    return new RemoteStatus(
        id, endpoint, RemoteState.CONNECTING, Instant.now(), attempts + 1, problem);
  }

  RemoteStatus in(RemoteState other) {
    return new RemoteStatus(id, endpoint, other, Instant.now(), attempts, problem);
  }

  /** It waits to be asked for again, for this reason. */
  RemoteStatus ended(String why) {
    return new RemoteStatus(id, endpoint, RemoteState.WAITING, Instant.now(), attempts, why);
  }
}
