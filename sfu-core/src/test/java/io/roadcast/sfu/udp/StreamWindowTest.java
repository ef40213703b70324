package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtpBlock;
import io.roadcast.media.rtp.RtpBlockPool;
import io.roadcast.media.rtp.RtpBlockWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamWindowTest {
  private static final int BYTES = 1000;

  private final RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
  private final RtpBlockWriter writer = new RtpBlockWriter(pool);
  private final StreamWindow window = new StreamWindow(2_000_000, 300 * BYTES);
  private int next;

  @AfterEach
  void everyBlockIsReturned() {
    window.clear();
    assertThat(pool.blocksInUse()).isZero();
    pool.close();
  }

  @Test
  void reachesBackToTheKeyframeOfALongGroupOfPictures() {
    add(200, 200);
    assertThat(window.first()).isZero();
    assertThat(window.keyframe()).isZero();
    assertThat(window.next()).isEqualTo(200);
    assertThat(pool.blocksInUse()).isEqualTo(200);
  }

  @Test
  void reachesBackForTwoSecondsWhenKeyframesAreFrequent() {
    add(500, 10);
    assertThat(window.keyframe()).isEqualTo(490);
    assertThat(window.first()).as("50 pictures of 40 ms, and the one in hand").isEqualTo(449);
    assertThat(window.get(448)).isNull();
    assertThat(window.get(449)).isNotNull();
    assertThat(window.get(500)).isNull();
  }

  @Test
  void neverHoldsMoreBytesThanAllowedEvenIfItLosesItsKeyframe() {
    add(400, 1000);
    assertThat(window.hasKeyframe()).isFalse();
    assertThat(window.next() - window.first()).isEqualTo(300);
    next = 1000;
    add(1, 1000);
    assertThat(window.hasKeyframe()).isTrue();
    assertThat(window.keyframe()).isEqualTo(400);
  }

  @Test
  void aBlockLargerThanTheWindowIsNotKept() {
    StreamWindow tiny = new StreamWindow(2_000_000, BYTES - 1);
    tiny.add(block(true, 0));
    assertThat(tiny.first()).isEqualTo(tiny.next());
    assertThat(tiny.hasKeyframe()).isFalse();
  }

  @Test
  void sumsBytesAndAgeOfAReplay() {
    add(30, 20);
    assertThat(window.bytesFrom(window.keyframe())).isEqualTo(10 * BYTES);
    assertThat(window.keyframeAgeMicros()).isEqualTo(9 * 40_000);
  }

  private void add(int pictures, int keyframeEvery) {
    for (int i = 0; i < pictures; i++) {
      window.add(block(next % keyframeEvery == 0, next * 40_000L));
      next++;
    }
  }

  private RtpBlock block(boolean keyframe, long timeMicros) {
    try {
      for (int i = 0; i < BYTES; i++) {
        writer.put(i);
      }
    } catch (MalformedMediaException e) {
      throw new AssertionError(e);
    }
    writer.endPacket();
    return writer.finish(Codec.H264, keyframe, timeMicros, 0);
  }
}
