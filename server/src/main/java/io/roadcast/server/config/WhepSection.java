package io.roadcast.server.config;

/** How fast one address may open viewings. */
public record WhepSection(
    @Between(min = "1", max = "100000") int burst,
    @Between(min = "1", max = "100000") int perSecond) {}
