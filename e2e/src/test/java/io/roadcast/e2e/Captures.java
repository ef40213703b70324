package io.roadcast.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Recorded connections of real terminals, which lie beside the checkout and are not part of it. */
public final class Captures {
  /**
   * One recording and what is known of it.
   *
   * @param terminal the SIM field's twelve digits
   * @param pictures complete ones
   * @param longestPauseMillis between two pictures, by the terminal's own clock
   */
  public record Capture(
      String name,
      String terminal,
      int channel,
      int width,
      int height,
      int pictures,
      int longestPauseMillis) {
    public Path file() {
      return directory().resolve(name);
    }
  }

  /** Every stream capture with the figures of the README beside it, the shortest first. */
  public static final List<Capture> ALL =
      List.of(
          new Capture("h264_adpcm_hisi_1s_sim6.bin", "013800138999", 2, 352, 288, 18, 80),
          new Capture("SYNTHETIC_h264_g711a_4s_sim6.bin", "156987000796", 1, 720, 576, 102, 42),
          new Capture("h264_cif_40s_sim6_lowfps.bin", "012345678999", 1, 352, 288, 270, 200),
          new Capture("h264_cif_106s_sim6_ch3.bin", "001901305037", 3, 352, 288, 931, 280),
          new Capture("h264_cif_main_174s_sim6.bin", "013800138000", 1, 352, 288, 4111, 120));

  private Captures() {}

  /** Skips the test, saying so, where the recordings are absent. */
  public static void assumePresent() {
    assumeTrue(
        Files.isDirectory(directory()),
        "the recordings of real terminals (shared/captures beside the checkout) are not here");
  }

  private static Path directory() {
    Path here = Path.of("").toAbsolutePath();
    for (Path up = here; up != null; up = up.getParent()) {
      Path candidate = up.resolveSibling("shared").resolve("captures");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return here.resolve("shared/captures");
  }
}
