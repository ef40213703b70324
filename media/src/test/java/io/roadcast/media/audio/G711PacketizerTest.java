package io.roadcast.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.AudioFrame;
import io.roadcast.media.Captures;
import io.roadcast.media.Codec;
import io.roadcast.media.rtp.Payloads;
import io.roadcast.media.rtp.RtpBlockPool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class G711PacketizerTest {
  private static final long START = 607_775_195_621_000L;

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final G711Packetizer packetizer = new G711Packetizer(Codec.PCMA, pool);
  private final List<Long> times = new ArrayList<>();
  private final ByteArrayOutputStream sound = new ByteArrayOutputStream();
  private final Random random = new Random(11);
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  @AfterEach
  void everyBlockWentBack() {
    assertThat(pool.leaks()).isEmpty();
    assertThat(pool.blocksInUse()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 25, 40, 100, 119, 1000})
  void cutsFramesOfAnyLengthInto20Milliseconds(int frameMillis) {
    for (int i = 0; i < 4000 / frameMillis; i++) {
      feed(frameMillis * 8, START + i * frameMillis * 1000L);
    }
    assertThat(times).hasSize(4000 / frameMillis * frameMillis / 20).startsWith(START);
    assertStepsAre(20_000L);
    assertSoundIsKept();
  }

  @Test
  void takesOddSizes() {
    long samples = 0;
    while (samples < 80_000) {
      int bytes = 1 + random.nextInt(777);
      feed(bytes, START + samples * 125);
      samples += bytes;
    }
    assertThat(times).hasSize((int) (samples / 160));
    assertStepsAre(20_000L);
    assertSoundIsKept();
  }

  @Test
  void letsLateAndRepeatedStampsNotMoveTime() {
    for (int i = 0; i < 3000; i++) {
      long onTime = START + i * 20_000L;
      long repeated = START + i / 6 * 120_000L;
      feed(
          160,
          i == 0 ? onTime : Math.min(repeated, onTime) - (i % 6 == 0 ? 0 : random.nextInt(20_000)));
    }
    assertThat(times).hasSize(3000);
    assertStepsAre(20_000L);
  }

  @Test
  void catchesUpSlowlyWhenItBeganWithALateStamp() {
    for (int i = 0; i < 500; i++) {
      feed(160, START + i * 20_000L - (i == 0 ? 100_000 : 0));
    }
    assertThat(steps()).containsOnly(20_000L, 40_000L);
    assertThat(steps().stream().filter(step -> step == 40_000).count()).isEqualTo(4);
    assertThat(START + 499 * 20_000L - times.getLast()).isBetween(0L, 30_000L);
    assertSoundIsKept();
  }

  @Test
  void followsATerminalWhoseClockIsFast() {
    // 8000 samples by the sound's clock are 1.001 s by the clock that stamps
    for (int i = 0; i < 30_000; i++) {
      feed(160, START + i * 20_020L);
    }
    assertThat(START + 29_999 * 20_020L - times.getLast()).isBetween(-30_000L, 51_000L);
    assertThat(steps()).containsOnly(20_000L, 40_000L);
  }

  @Test
  void followsATerminalWhoseClockIsSlowByLeavingSoundOut() {
    for (int i = 0; i < 30_000; i++) {
      feed(160, START + i * 19_980L);
    }
    assertThat(times.getLast() - (START + 29_999 * 19_980L)).isBetween(-30_000L, 52_000L);
    assertStepsAre(20_000L);
    assertThat(times.size()).isBetween(29_960, 29_975);
  }

  @Test
  void goesOverAGapAtOnceAndNeverBack() {
    feed(1600, START);
    feed(40, START + 200_000);
    feed(1600, START + 1_000_000);
    assertThat(times).hasSize(20);
    assertThat(times.get(9)).isEqualTo(START + 180_000);
    assertThat(times.get(10)).isEqualTo(START + 1_000_000);
    for (int i = 0; i < 1000; i++) {
      feed(160, START - 5_000_000 + i * 20_000L);
    }
    assertThat(steps().subList(10, 1000)).containsOnly(20_000L);
    assertThat(times).hasSize(1020);
  }

  @Test
  void givesBlocksTheTimeOfReceptionOfTheirLastByte() {
    List<Long> received = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      packetizer.accept(
          new AudioFrame(Codec.PCMA, ByteBuffer.allocate(100), START, i),
          block -> {
            received.add(block.receivedNanos());
            assertThat(block.keyframe()).isFalse();
            assertThat(block.packetCount()).isEqualTo(1);
            assertThat(block.payloadBytes()).isEqualTo(160);
            block.release();
          });
    }
    assertThat(received).containsExactly(1L, 3L);
  }

  @Test
  void refusesOtherCodecs() {
    assertThatThrownBy(() -> new G711Packetizer(Codec.OPUS, pool))
        .isInstanceOf(IllegalArgumentException.class);
    AudioFrame frame = new AudioFrame(Codec.PCMU, ByteBuffer.allocate(160), 0, 0);
    assertThatThrownBy(() -> packetizer.accept(frame, block -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsTheSoundOfATerminal() {
    int frames = 0;
    for (Captures.CapturedFrame frame : Captures.frames("SYNTHETIC_h264_g711a_4s_sim6.bin")) {
      if (frame.audio()) {
        feed(frame.body(), frame.timeMillis() * 1000);
        frames++;
      }
    }
    assertThat(frames).isEqualTo(214);
    assertThat(times).hasSize(214);
    assertSoundIsKept();
  }

  private void feed(int bytes, long timeMicros) {
    byte[] payload = new byte[bytes];
    random.nextBytes(payload);
    feed(payload, timeMicros);
  }

  private void feed(byte[] payload, long timeMicros) {
    sent.writeBytes(payload);
    AudioFrame frame = new AudioFrame(Codec.PCMA, ByteBuffer.wrap(payload), timeMicros, 0);
    packetizer.accept(
        frame,
        block -> {
          times.add(block.timeMicros());
          sound.writeBytes(Payloads.of(block).getFirst().array());
          block.release();
        });
    assertThat(frame.payload().position()).isZero();
  }

  private List<Long> steps() {
    List<Long> steps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      steps.add(times.get(i) - times.get(i - 1));
    }
    return steps;
  }

  private void assertStepsAre(long micros) {
    assertThat(steps()).containsOnly(micros);
  }

  private void assertSoundIsKept() {
    assertThat(sound.toByteArray()).isEqualTo(Arrays.copyOf(sent.toByteArray(), sound.size()));
  }
}
