package io.roadcast.server.config;

import java.time.Duration;
import java.util.List;

/** How sound that browsers do not take is brought into one that they do. */
public record TranscodeSection(
    @Between(min = "1", max = "64") int children,
    @Between(min = "0", max = "10000") int maxJobs,
    @Between(min = "6000", max = "128000") int opusBitRate,
    @Between(min = "0s", max = "1h") Duration linger,
    List<String> sounds) {
  public TranscodeSection {
    sounds = List.copyOf(sounds);
  }
}
