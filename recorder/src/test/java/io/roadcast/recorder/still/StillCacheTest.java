package io.roadcast.recorder.still;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StillCacheTest {
  private static final byte[] PICTURE = new byte[1000];

  @TempDir private Path directory;
  private Instant now = Instant.parse("2026-01-31T12:00:00Z");

  static {
    Arrays.fill(PICTURE, (byte) 7);
  }

  @Test
  void whatWasNotUsedForLongestGoesFirst() throws IOException {
    StillCache cache = new StillCache(directory, 2500, () -> now);
    cache.put("a", PICTURE);
    cache.put("b", PICTURE);
    assertThat(cache.get("a")).contains(PICTURE);
    cache.put("c", PICTURE);
    assertThat(cache.get("b")).isEmpty();
    assertThat(cache.get("a")).contains(PICTURE);
    assertThat(cache.get("c")).contains(PICTURE);
    assertThat(files()).hasSize(2);
  }

  @Test
  void nothingStaysLongerThanADay() throws IOException {
    StillCache cache = new StillCache(directory, 1 << 20, () -> now);
    cache.put("a", PICTURE);
    now = now.plus(Duration.ofHours(25));
    cache.forget();
    assertThat(cache.get("a")).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void filesAreReadByNobodyElseAndAreGoneWithTheNextStart() throws IOException {
    StillCache cache = new StillCache(directory, 1 << 20, () -> now);
    cache.put("a", PICTURE);
    String sealed = new String(Files.readAllBytes(files().getFirst()), ISO_8859_1);
    assertThat(sealed).doesNotContain(new String(PICTURE, 0, 8, ISO_8859_1));
    Files.write(files().getFirst(), new byte[100]);
    assertThat(cache.get("a")).as("changed by somebody").isEmpty();
    cache.put("a", PICTURE);
    assertThat(new StillCache(directory, 1 << 20, () -> now).get("a")).isEmpty();
    assertThat(files()).isEmpty();
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(directory)) {
      return all.toList();
    }
  }
}
