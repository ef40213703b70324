package io.roadcast.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

class StreamTokensFuzzTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_000));

  @FuzzTest(maxDuration = "10s")
  void takesOnlyWhatItIssued(FuzzedDataProvider data) {
    StreamTokens tokens = new StreamTokens(new byte[32], CLOCK);
    String stream = "13912345678-1";
    String issued = tokens.issue(stream, Duration.ofMinutes(1)).token();
    boolean forged = data.consumeBoolean();
    String shown = forged ? data.consumeRemainingAsString() : edited(issued, data);
    try {
      StreamTokens.StreamToken taken = tokens.verify(shown);
      assertThat(taken.stream()).isEqualTo(stream);
      assertThat(shown).isEqualTo(issued);
    } catch (BadCredentialException refused) {
      assertThat(shown).isNotEqualTo(issued);
    }
  }

  private static String edited(String token, FuzzedDataProvider data) {
    int at = data.consumeInt(0, token.length());
    int end = data.consumeInt(at, token.length());
    return token.substring(0, at) + data.consumeRemainingAsString() + token.substring(end);
  }
}
