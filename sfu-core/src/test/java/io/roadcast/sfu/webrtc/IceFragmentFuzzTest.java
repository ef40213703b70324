package io.roadcast.sfu.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

final class IceFragmentFuzzTest {
  @FuzzTest
  void readsAnything(byte[] input) {
    IceFragment fragment = IceFragment.parse(new String(input, StandardCharsets.UTF_8));
    assertThat(fragment.candidates())
        .hasSizeLessThanOrEqualTo(64)
        .allMatch(candidate -> candidate.port() >= 0 && candidate.port() <= 65_535);
  }
}
