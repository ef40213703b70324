package io.roadcast.server.config;

import java.util.List;

/** The page, the API and WHEP without encryption. */
public record HttpSection(
    boolean enabled,
    @Between(min = "0", max = "65535") int port,
    @Between(min = "1KiB", max = "1MiB") int maxBodyBytes,
    List<String> corsOrigins) {}
