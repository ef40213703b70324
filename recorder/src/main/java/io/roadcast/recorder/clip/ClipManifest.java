package io.roadcast.recorder.clip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.SafetyEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says what the files of an event are and what their checksums were when they were kept.
 *
 * @param vehicle of that time
 */
record ClipManifest(
    UUID event,
    String type,
    String terminal,
    @Nullable UUID vehicle,
    Instant at,
    Instant writtenAt,
    List<Entry> files) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** One file. */
  record Entry(
      UUID id,
      String kind,
      String name,
      @Nullable Integer channel,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Long bytes,
      @Nullable String sha256) {}

  /** Of all files that are there, but the manifest itself. */
  static ClipManifest of(SafetyEvent event, List<Evidence> evidence, Instant now) {
    return new ClipManifest(
        event.id(),
        event.type().label(),
        event.terminal(),
        event.owner().vehicle(),
        event.at(),
        now,
        evidence.stream()
            .filter(each -> each.kind() != EvidenceKind.MANIFEST && each.sha256() != null)
            .map(
                each ->
                    new Entry(
                        each.id(),
                        each.kind().label(),
                        each.name(),
                        each.channel(),
                        each.from(),
                        each.to(),
                        each.bytes(),
                        each.sha256()))
            .toList());
  }

  byte[] json() throws IOException {
    return JSON.writeValueAsBytes(this);
  }
}
