package io.roadcast.jtt.gateway;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps pictures, sounds and videos that terminals send (0x0801). */
@FunctionalInterface
public interface MediaSink {
  /**
   * Keeps a whole upload; the same one may come again. Called on event loops: must not block.
   *
   * @return completes on any thread when it is kept, and fails if it is not; the terminal is told
   *     only then
   */
  CompletionStage<@Nullable Void> keep(ReceivedMedia media);
}
