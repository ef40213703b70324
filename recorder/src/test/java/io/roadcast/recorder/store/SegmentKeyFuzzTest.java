package io.roadcast.recorder.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Only the header that was written opens; any other is refused, with nothing else thrown. */
class SegmentKeyFuzzTest {
  /** What stands behind the wrapped key means nothing. */
  private static final int MEANING_BYTES = 92;

  private static final UUID SEGMENT = new UUID(1, 2);

  private static Path directory;
  private static MasterKeys masters;
  private static byte[] written;

  @BeforeAll
  static void makeKeys() throws IOException {
    directory = Files.createTempDirectory("roadcast-keys");
    masters = MasterKeys.openOrCreate(directory.resolve("keys"));
    written = SegmentKey.create(masters, SEGMENT).header();
  }

  @AfterAll
  static void removeKeys() throws IOException {
    Files.deleteIfExists(directory.resolve("keys"));
    Files.deleteIfExists(directory);
  }

  @FuzzTest
  void opensWhatWasWrittenOnly(FuzzedDataProvider data) {
    byte[] header = written.clone();
    int changes = data.consumeInt(0, 8);
    for (int i = 0; i < changes; i++) {
      header[data.consumeInt(0, header.length - 1)] ^= data.consumeByte();
    }
    boolean same = Arrays.equals(header, 0, MEANING_BYTES, written, 0, MEANING_BYTES);
    assertThat(opens(header)).isEqualTo(same);
    assertThat(opens(data.consumeRemainingAsBytes())).isFalse();
  }

  private static boolean opens(byte[] header) {
    try {
      SegmentKey.open(masters, header, SEGMENT);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
