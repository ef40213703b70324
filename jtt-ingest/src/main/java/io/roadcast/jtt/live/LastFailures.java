package io.roadcast.jtt.live;

import io.roadcast.jtt.live.ChannelStatus.Failure;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Why channels last did not come, also of those that are at rest; of very many the latest. Any
 * thread.
 */
final class LastFailures {
  private static final int MOST = 10_000;

  private final LinkedHashMap<StreamId, Failure> latest = new LinkedHashMap<>();

  synchronized void note(StreamId channel, Code code) {
    latest.remove(channel);
    latest.put(channel, new Failure(code, Instant.now()));
    if (latest.size() > MOST) {
      latest.remove(latest.firstEntry().getKey());
    }
  }

  /** It is live: what was before is over. */
  synchronized void forget(StreamId channel) {
    latest.remove(channel);
  }

  synchronized @Nullable Failure of(StreamId channel) {
    return latest.get(channel);
  }
}
