package io.roadcast.recorder.playback;

import java.time.Instant;

/** A time of which there are pictures throughout. */
public record Span(Instant from, Instant to) {}
