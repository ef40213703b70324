package io.roadcast.server.config;

/** How many programs and pages may listen for what is pushed. */
public record WebsocketSection(
    @Between(min = "1", max = "1000000") int maxConnections,
    @Between(min = "1", max = "1000000") int maxConnectionsPerAddress) {}
