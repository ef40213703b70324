package io.roadcast.signaling.recording;

import io.roadcast.fleet.access.Principal;
import io.roadcast.signaling.recording.RecordingRequest.Range;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An archive that somebody asked for: what goes into it, and how far it has been sent. Any thread.
 */
final class Export {
  private final UUID id;
  private final Principal principal;
  private final List<Range> ranges;
  private final long bytes;
  private final Instant expiresAt;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  enum State {
    WAITING,
    SENDING,
    COMPLETE,
    FAILED;

    String label() {
      return switch (this) {
        case WAITING -> "waiting";
        case SENDING -> "sending";
        case COMPLETE -> "complete";
        case FAILED -> "failed";
      };
    }
  }

  /**
   * As it is shown.
   *
   * @param url without a credential, until it expires
   * @param bytes of all its recordings
   */
  record View(UUID id, String state, String url, Instant expiresAt, long bytes, long sentBytes) {}

  /**
   * @param principal who asked, and may see what is in it
   * @param bytes of all its recordings, as far as they are written by now
   */
  Export(UUID id, Principal principal, List<Range> ranges, long bytes, Instant expiresAt) {
    this.id = id;
    this.principal = principal;
    this.ranges = List.copyOf(ranges);
    this.bytes = bytes;
    this.expiresAt = expiresAt;
  }

  UUID id() {
    return id;
  }

  Principal principal() {
    return principal;
  }

  List<Range> ranges() {
    return ranges;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  /** It is fetched, perhaps once more. */
  void begin() {
    sent.set(0);
    state.set(State.SENDING);
  }

  void sent(long count) {
    sent.addAndGet(count);
  }

  void end(State how) {
    state.set(how);
  }

  View view(String url) {
    return new View(id, state.get().label(), url, expiresAt, bytes, sent.get());
  }
}
