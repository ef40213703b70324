package io.roadcast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of real terminals, where they lie beside the checkout. */
@Timeout(30)
final class CaptureFileTest {
  @ParameterizedTest
  @CsvSource({
    "h264_cif_main_174s_sim6.bin, 6063, 174362",
    "h264_cif_40s_sim6_lowfps.bin, 314, 39600",
    "h264_cif_106s_sim6_ch3.bin, 1478, 106122",
    "h264_adpcm_hisi_1s_sim6.bin, 57, 1081",
    "SYNTHETIC_h264_g711a_4s_sim6.bin, 540, 4260"
  })
  void takesEveryPacketAndItsTime(String name, int packets, long spanMillis) throws Exception {
    CaptureFile file = CaptureFile.read(capture(name));
    assertThat(file.packets()).hasSize(packets);
    assertThat(file.roundSequence()).isEqualTo(packets);
    assertThat(file.packets().getLast().dueMillis()).isBetween(spanMillis - 150, spanMillis + 50);
    assertThat(file.roundMillis()).isGreaterThan(file.packets().getLast().dueMillis());
    assertThat(file.packets())
        .isSortedAccordingTo(java.util.Comparator.comparingLong(CapturedPacket::dueMillis));
  }

  private static Path capture(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolveSibling("shared").resolve("captures").resolve(name);
      if (Files.isReadable(file)) {
        return file;
      }
    }
    return Assumptions.abort("no ../shared/captures/" + name + " beside this checkout");
  }
}
