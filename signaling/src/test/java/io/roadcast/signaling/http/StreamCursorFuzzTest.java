package io.roadcast.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.sfu.router.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

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
      Optional<StreamId> place = PageCursor.parse(shown, StreamCursor::read);
      Optional<String> again = place.map(StreamCursor::of);
      assertThat(PageCursor.parse(again.orElse(""), StreamCursor::read)).isEqualTo(place);
    } catch (ApiException refused) {
      assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
    }
  }
}
