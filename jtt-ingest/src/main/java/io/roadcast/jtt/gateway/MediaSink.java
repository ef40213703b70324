package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.MediaUpload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps pictures, sounds and videos that terminals send (0x0801). */
@FunctionalInterface
public interface MediaSink {
  /**
   * Keeps a whole upload; the same one may come again. Called on event loops: must not block.
   *
   * @return completes on any thread when it is kept, and fails if it is not
   */
  CompletionStage<@Nullable Void> keep(String terminal, MediaUpload upload);

  /** Keeps nothing, and says it is kept. */
  static MediaSink none() {
    return (terminal, upload) -> CompletableFuture.completedFuture(null);
  }
}
