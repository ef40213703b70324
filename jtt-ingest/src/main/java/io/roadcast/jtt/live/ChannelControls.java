package io.roadcast.jtt.live;

import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.util.concurrent.CompletionStage;

/** Changes what channels that are live send (JT/T 1078, 0x9102). Any thread; never blocks. */
public interface ChannelControls {
  /** It sends nothing, whoever watches, until it is resumed or somebody more wants to watch. */
  CompletionStage<ControlResult> pause(StreamId channel);

  /** It sends again, if anybody looks. */
  CompletionStage<ControlResult> resume(StreamId channel);

  /**
   * The terminal sends its other encoding to where it sends now, for everybody who watches. Who
   * wants the other encoding for itself asks for the stream of that quality.
   */
  CompletionStage<ControlResult> switchTo(StreamId channel, Quality encoding);
}
