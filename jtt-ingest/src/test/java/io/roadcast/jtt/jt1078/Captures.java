package io.roadcast.jtt.jt1078;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Bytes that real terminals sent; they lie beside the checkout and are no part of the product. */
public final class Captures {
  private Captures() {}

  /** The bytes of a capture. Skips the running test when the captures are not there. */
  public static byte[] read(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a capture lies. Skips the running test when the captures are not there. */
  public static Path path(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path capture = at.resolve("shared/captures").resolve(name);
      if (Files.isRegularFile(capture)) {
        return capture;
      }
    }
    return Assumptions.abort("skipped: no ../shared/captures/" + name + " beside this checkout");
  }
}
