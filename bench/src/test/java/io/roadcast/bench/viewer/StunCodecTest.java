package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StunCodecTest {
  private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.7", 5000);
  private static final String NAME = "ours:theirs";

  private final StunCodec codec = new StunCodec();
  private final StunCodec other = new StunCodec();

  @AfterEach
  void close() {
    codec.close();
    other.close();
  }

  @Test
  void aControllingSideIsToldThatWeAre() {
    codec.learn(NAME, "password of ours, long");
    other.learn(NAME, "password of ours, long");
    StunCodec.Check check = other.check(NAME, 1, false);
    assertThat(StunCodec.isCheck(check.bytes(), check.bytes().length)).isTrue();
    byte[] answer = codec.answerTo(check.bytes(), check.bytes().length, FROM, NAME);
    assertThat(answer).isNotNull();
    assertThat(StunCodec.isCheck(answer, answer.length)).isFalse();
    assertThat(other.answer(answer, answer.length, NAME))
        .isEqualTo(new StunCodec.Answer(check.transaction(), false));
  }

  @Test
  void aCheckWithAnotherPasswordIsNotAnswered() {
    codec.learn(NAME, "password of ours, long");
    other.learn(NAME, "password of theirs, long");
    StunCodec.Check check = other.check(NAME, 1, false);
    assertThat(codec.answerTo(check.bytes(), check.bytes().length, FROM, NAME)).isNull();
  }
}
