package io.roadcast.signaling.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;

class CsvReaderFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void readsOrRefusesAnyBytes(byte[] bytes) {
    try {
      CsvReader reader = CsvReader.of(bytes);
      int before = 0;
      for (CsvReader.Line line = reader.next(); line != null; line = reader.next()) {
        assertThat(line.line()).isGreaterThan(before);
        before = line.line();
      }
    } catch (ApiException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_BODY);
    }
  }
}
