package io.roadcast.recorder.retrieve;

import io.roadcast.recorder.retrieve.Span.Origin;
import io.roadcast.recorder.segment.Owner;
import java.time.LocalDate;

/** A day on which something of a stream was recorded; whose it was then. */
public record RecordedDay(
    Origin origin, LocalDate day, String stream, String quality, Owner owner) {}
