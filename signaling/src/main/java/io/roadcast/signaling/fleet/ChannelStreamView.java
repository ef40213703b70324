package io.roadcast.signaling.fleet;

import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.sfu.router.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is being done to have a channel's stream in one quality, as the API shows it.
 *
 * @param viewers how many watch it or wait for it
 * @param paused whether the terminal was told to send nothing for a while
 * @param failure why it last did not come; null if it came since
 */
public record ChannelStreamView(
    String stream,
    String quality,
    String state,
    int viewers,
    boolean paused,
    @Nullable Failure failure) {
  /**
   * @param code as a viewer is told it, such as TERMINAL_REFUSED
   */
  public record Failure(String code, Instant at) {}

  public static ChannelStreamView of(StreamId id, ChannelStatus status) {
    ChannelStatus.Failure failure = status.failure();
    return new ChannelStreamView(
        id.name(),
        id.quality().label(),
        status.phase().label(),
        status.viewers(),
        status.paused(),
        failure == null ? null : new Failure(failure.code().name(), failure.at()));
  }
}
