package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.MediaUpload;
import java.time.Instant;

/**
 * A picture, sound or video that a terminal sent, complete.
 *
 * @param terminal digits without leading zeros
 * @param at when it was made, best estimate
 */
public record ReceivedMedia(String terminal, Instant receivedAt, Instant at, MediaUpload upload) {}
