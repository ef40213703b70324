package io.roadcast.jtt.live;

import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a channel of a terminal stands in one quality.
 *
 * @param viewers how many watch it or wait for it
 * @param paused whether the terminal was told to send nothing for a while
 * @param failure why it last did not come; null if it never failed, or came since
 */
public record ChannelStatus(
    ChannelPhase phase, int viewers, boolean paused, @Nullable Failure failure) {
  /** Nobody wants it, nothing comes, nothing failed. */
  public static final ChannelStatus IDLE = new ChannelStatus(ChannelPhase.IDLE, 0, false, null);

  /** Somebody wanted it and did not get it, or had it taken away. */
  public record Failure(Code code, Instant at) {}

  /** Whether others need to be told that it was that before; viewers alone come and go. */
  boolean differsNoticeably(ChannelStatus before) {
    return phase != before.phase || paused != before.paused || code() != before.code();
  }

  private @Nullable Code code() {
    return failure == null ? null : failure.code;
  }
}
