package io.roadcast.recorder.segment;

import java.time.Instant;

/** A time within a segment from which there are no pictures. */
public record Gap(Instant from, Instant to) {}
