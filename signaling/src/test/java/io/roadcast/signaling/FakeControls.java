package io.roadcast.signaling;

import io.roadcast.jtt.live.ChannelControls;
import io.roadcast.jtt.live.ControlResult;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Terminals that do, or do not do, what is wished of their channels. */
public final class FakeControls implements ChannelControls {
  public final List<String> wishes = new CopyOnWriteArrayList<>();
  public volatile ControlResult result = ControlResult.DONE;

  @Override
  public CompletionStage<ControlResult> pause(StreamId channel) {
    return answer("pause " + channel);
  }

  @Override
  public CompletionStage<ControlResult> resume(StreamId channel) {
    return answer("resume " + channel);
  }

  @Override
  public CompletionStage<ControlResult> switchTo(StreamId channel, Quality encoding) {
    return answer("switch " + channel + " to " + encoding.label());
  }

  private CompletionStage<ControlResult> answer(String wish) {
    wishes.add(wish);
    return CompletableFuture.completedStage(result);
  }
}
