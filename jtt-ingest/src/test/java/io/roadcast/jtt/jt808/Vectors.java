package io.roadcast.jtt.jt808;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Messages that others made; they lie beside the checkout and are no part of the product. */
public final class Vectors {
  private Vectors() {}

  /** Those of one file. Skips the running test when the vectors are not there. */
  public static List<Vector> of(String file) {
    return read(directory().resolve(file));
  }

  /** Those of every file that holds whole messages or bodies with expected values. */
  public static List<Vector> positive() {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .filter(file -> file.getFileName().toString().matches("(0x\\w+|derived_messages)\\.json"))
          .sorted()
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Vector> read(Path file) {
    try {
      return new ObjectMapper()
          .readTree(file.toFile())
          .path("vectors")
          .valueStream()
          .map(Vector::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path vectors = at.resolve("shared/vectors/jt808");
      if (Files.isDirectory(vectors)) {
        return vectors;
      }
    }
    return Assumptions.abort("skipped: no ../shared/vectors/jt808 beside this checkout");
  }

  /** One of them. */
  public record Vector(JsonNode json) {
    public String id() {
      return json.path("id").asText();
    }

    public boolean isWholeMessage() {
      return "message".equals(json.path("kind").asText());
    }

    public int messageId() {
      return Integer.decode(json.path("message_id").asText());
    }

    /** The editions in which it reads as expected. */
    public List<ProtocolVersion> versions() {
      String version = json.path("version").asText();
      return version.equals("any")
          ? List.of(ProtocolVersion.V2013, ProtocolVersion.V2019)
          : List.of(ProtocolVersion.ofYear(Integer.parseInt(version)));
    }

    public Bytes bytes(String field) {
      return Bytes.ofHex(json.path(field).asText());
    }

    @Override
    public String toString() {
      return id();
    }
  }
}
