package io.roadcast.sfu.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.media.Codec;
import io.roadcast.media.audio.CameraSound;
import io.roadcast.media.audio.SoundCoding;
import io.roadcast.media.audio.SoundFraming;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CameraTalkTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final CameraSound ADPCM =
      new CameraSound(SoundCoding.of(Codec.ADPCM), SoundFraming.HISILICON, 40);

  private final Transcoders transcoders = new Transcoders(TranscodeConfig.defaults());
  private final CameraTalk talk = new CameraTalk(transcoders);
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final List<Long> times = new CopyOnWriteArrayList<>();
  private long micros;

  @AfterEach
  void close() {
    transcoders.close();
  }

  @Test
  void whatIsSaidComesBackAsTheCameraWantsIt() {
    try (CameraTalk.Talker talker = talk.begin(Codec.PCMA, ADPCM, this::came).orElseThrow()) {
      sayUntilBlocks(talker, 10);
      assertThat(transcoders.statistics().jobs()).isEqualTo(1);
    }
    assertThat(transcoders.statistics().jobs()).isZero();
    assertThat(bodies).allMatch(body -> body.length == 168 && (body[2] & 0xff) == 82);
    assertThat(times.getFirst()).isBetween(0L, micros);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isPositive();
    }
  }

  @Test
  void anotherChildTakesOverWhenOneDies() {
    try (CameraTalk.Talker talker = talk.begin(Codec.PCMA, ADPCM, this::came).orElseThrow()) {
      sayUntilBlocks(talker, 3);
      long pid = transcoders.pids().getFirst();
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      await().atMost(SOON).until(() -> transcoders.statistics().died() == 1);
      sayUntilBlocks(talker, 3);
    }
  }

  @Test
  void isRefusedWithoutRoomOrWithoutAKnownCodec() {
    TranscodeConfig none = new TranscodeConfig(1, 0, 24_000, Duration.ZERO);
    try (Transcoders full = new Transcoders(none)) {
      assertThat(new CameraTalk(full).begin(Codec.OPUS, ADPCM, this::came)).isEmpty();
    }
    assertThatThrownBy(() -> talk.begin(Codec.MP3, ADPCM, this::came))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void came(long timeMicros, ByteBuffer body) {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    bodies.add(bytes);
    times.add(timeMicros);
  }

  private void sayUntilBlocks(CameraTalk.Talker talker, int count) {
    int goal = bodies.size() + count;
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              talker.say(micros, ByteBuffer.wrap(new byte[160]));
              micros += 20_000;
              return bodies.size() >= goal;
            });
  }
}
