package io.roadcast.server.config;

import java.util.List;

/** The page, the API and WHEP without encryption. */
public record HttpSection(
    @Between(min = "0", max = "65535") int port, List<String> allowedOrigins) {}
