package io.roadcast.recorder.segment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What stands beside a segment's file, as JSON: all that the catalogue knows of it, and where its
 * fragments begin.
 *
 * @param headerBytes how long the file's header is
 * @param fragments in their order; none while the segment is written
 */
public record Sidecar(Segment segment, int headerBytes, List<Fragment> fragments) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  public Sidecar {
    fragments = List.copyOf(fragments);
  }

  /** The same of a segment that lies elsewhere. */
  public Sidecar in(String place) {
    return new Sidecar(segment.in(place), headerBytes, fragments);
  }

  /** The name of the sidecar of a segment's file. */
  public static Path of(Path file) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.substring(0, name.length() - ".mp4".length()) + ".json");
  }

  /**
   * @throws IOException if there is none, or none that can be read
   */
  public static Sidecar read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(of(file));
    try {
      return JSON.readValue(bytes, Sidecar.class);
    } catch (JsonProcessingException | RuntimeException unreadable) {
      throw new IOException(of(file) + " can not be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** Writes it beside the file; whoever reads meanwhile sees the former or this one. */
  public void write(Path file) throws IOException {
    Path sidecar = of(file);
    Path fresh = sidecar.resolveSibling(sidecar.getFileName() + ".new");
    Files.write(fresh, JSON.writeValueAsBytes(this));
    Files.move(fresh, sidecar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
