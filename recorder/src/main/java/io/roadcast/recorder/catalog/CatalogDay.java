package io.roadcast.recorder.catalog;

import io.roadcast.recorder.segment.Owner;
import java.time.LocalDate;

/** A day on which something of a stream was recorded; whose it was then. */
public record CatalogDay(LocalDate day, String stream, String quality, Owner owner) {}
