package io.roadcast.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

class StreamCursorFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void readsOrRefusesAnyCursor(FuzzedDataProvider data) {
    boolean wellEncoded = data.consumeBoolean();
    String text = data.consumeRemainingAsString();
    String shown =
        wellEncoded
            ? Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            : text;
    try {
      StreamCursor cursor = StreamCursor.parse(shown);
      assertThat(StreamCursor.parse(cursor.encode())).isEqualTo(cursor);
    } catch (ApiException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
    }
  }
}
