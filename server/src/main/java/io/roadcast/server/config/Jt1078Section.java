package io.roadcast.server.config;

/** What terminals send their pictures and sound to. */
public record Jt1078Section(
    @Between(min = "0", max = "65535") int port, @Between(min = "0", max = "65535") int subPort) {}
