package io.roadcast.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLogTest {
  @ParameterizedTest
  @CsvSource({
    "token=secret, ?token=***",
    "quality=sub&token=secret, ?quality=sub&token=***",
    "%74oken=secret&limit=3, ?token=***&limit=3",
    "%zz=secret, ?token=***",
    "tokens=1, ?tokens=1",
    "token, ?token=***"
  })
  void leavesTokensOut(String query, String logged) {
    assertThat(RequestLog.redacted(query)).isEqualTo(logged);
  }
}
