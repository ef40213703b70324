package io.roadcast.server.config;

import java.nio.file.Path;
import java.time.Duration;

/** What is done about safety events, and how long clients may be away. */
public record EventsSection(
    Path rulesFile, @Between(min = "1m", max = "168h") Duration resumeWindow) {}
