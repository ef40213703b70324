package io.roadcast.signaling.http;

import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a playback, as it writes it.
 *
 * @param action seek, pause, resume, speed, step or live
 * @param at of a seek: a time
 * @param backS of a seek, instead of a time: seconds before now
 * @param speed of a speed: 0.25 to 16
 * @param direction of a step: forward, which is usual, or backward
 */
public record PlaybackCommand(
    @Nullable String action,
    @Nullable String at,
    @Nullable Double backS,
    @Nullable Double speed,
    @Nullable String direction) {}
