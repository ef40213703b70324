package io.roadcast.bench.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for what nobody wants to keep: closing it deletes it with all that is in it. */
public record ScratchDirectory(Path path) implements AutoCloseable {
  /**
   * @param prefix of its name
   */
  public static ScratchDirectory create(String prefix) throws IOException {
    return new ScratchDirectory(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> content = Files.walk(path)) {
      for (Path entry : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }
}
