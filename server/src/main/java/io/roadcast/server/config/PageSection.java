package io.roadcast.server.config;

/** The web page. */
public record PageSection(@Between(min = "0", max = "16") int openAtStart) {}
