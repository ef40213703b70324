package io.roadcast.server.config;

import java.time.Duration;
import java.util.List;

/** How sound and pictures that browsers do not take are brought into what they do. */
public record TranscodeSection(
    @Between(min = "1", max = "64") int children,
    @Between(min = "0", max = "10000") int maxJobs,
    @Between(min = "6000", max = "128000") int opusBitRate,
    @Between(min = "0s", max = "1h") Duration linger,
    List<String> sounds,
    @Between(min = "0", max = "64") int pictures,
    List<String> profiles) {
  public TranscodeSection {
    sounds = List.copyOf(sounds);
    profiles = List.copyOf(profiles);
  }
}
