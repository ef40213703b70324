package io.roadcast.sfu.router;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a stream carried, over about the last two seconds where it says a rate.
 *
 * @param videoFrameRate pictures per second, 0 until known
 * @param videoBitRate payload bits per second, 0 until known
 * @param keyframeIntervalMillis between the last two keyframes, 0 until known
 * @param withheldFrames pictures that were not forwarded because no keyframe came before them
 * @param lastFrameAt when the last frame of either track came in
 */
public record StreamStatistics(
    double videoFrameRate,
    long videoBitRate,
    long audioBitRate,
    long keyframeIntervalMillis,
    long withheldFrames,
    @Nullable Instant lastFrameAt) {}
