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
  /** The end of its name. */
  public static final String SUFFIX = ".json";

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

  /** The same of a segment that is kept otherwise. */
  public Sidecar in(Keeping keeping) {
    return new Sidecar(segment.in(keeping), headerBytes, fragments);
  }

  /** The name of the sidecar of a segment's file. */
  public static Path of(Path file) {
    return file.resolveSibling(SegmentForm.stem(String.valueOf(file.getFileName())) + SUFFIX);
  }

  /**
   * @throws IOException if there is none, or none that can be read
   */
  public static Sidecar read(Path file) throws IOException {
    return parse(Files.readAllBytes(of(file)), of(file).toString());
  }

  /**
   * @param name of the file or object that it was in
   * @throws IOException if it is none
   */
  public static Sidecar parse(byte[] bytes, String name) throws IOException {
    try {
      return JSON.readValue(bytes, Sidecar.class);
    } catch (JsonProcessingException | RuntimeException unreadable) {
      throw new IOException(name + " can not be read: " + unreadable.getMessage(), unreadable);
    }
  }

  /** As it is written. */
  public byte[] bytes() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  /** Writes it beside the file; whoever reads meanwhile sees the former or this one. */
  public void write(Path file) throws IOException {
    Path sidecar = of(file);
    Path fresh = sidecar.resolveSibling(sidecar.getFileName() + ".new");
    boolean written = false;
    try {
      Files.write(fresh, bytes());
      Files.move(
          fresh, sidecar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = true;
    } finally {
      if (!written) {
        // A disk that is full keeps no half of it.
        Files.deleteIfExists(fresh);
      }
    }
  }
}
