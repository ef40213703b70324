package io.roadcast.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.RandomMedia;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RtpBlockPoolTest {
  @ParameterizedTest
  @CsvSource({
    "0, 256",
    "1, 256",
    "256, 256",
    "257, 384",
    "384, 384",
    "385, 512",
    "513, 768",
    "769, 1024",
    "1025, 1536",
    "6291456, 6291456",
    "6291457, 8388608",
    "8388608, 8388608",
  })
  void takesTheNextSizeClass(int bytes, int expected) {
    assertThat(RtpBlockPool.classBytes(RtpBlockPool.sizeClass(bytes))).isEqualTo(expected);
  }

  @Test
  void refusesMoreThanTheLargestBlock() {
    assertThatThrownBy(() -> RtpBlockPool.sizeClass(RtpBlockPool.MAX_BLOCK_BYTES + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(RtpBlockPool.Backing.class)
  void usesMemoryAgainAfterTheLastRelease(RtpBlockPool.Backing backing) throws Exception {
    try (RtpBlockPool pool = new RtpBlockPool(backing, 1 << 20)) {
      RtpBlock block = block(pool, 1000, 1);
      assertThat(pool.blocksInUse()).isEqualTo(1);
      assertThat(pool.bytesInUse()).isEqualTo(1024);
      long address = block.bytes().address();
      block.retain().release();
      assertThat(pool.idleBytes()).isZero();
      block.release();
      assertThat(pool.blocksInUse()).isZero();
      assertThat(pool.bytesInUse()).isZero();
      assertThat(pool.idleBytes()).isEqualTo(1024);
      RtpBlock next = block(pool, 900, 2);
      assertThat(next.bytes().address()).isEqualTo(address);
      assertThat(pool.idleBytes()).isZero();
      next.release();
      assertThat(pool.blocksMade()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(RtpBlockPool.Backing.class)
  void keepsNoMoreMemoryThanItMay(RtpBlockPool.Backing backing) throws Exception {
    RtpBlockPool pool = new RtpBlockPool(backing, 2048);
    List<RtpBlock> blocks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      blocks.add(block(pool, 1000, i));
    }
    blocks.forEach(RtpBlock::release);
    assertThat(pool.idleBytes()).isEqualTo(2048);
    pool.close();
    assertThat(pool.idleBytes()).isZero();
  }

  @Test
  void tellsWhereABlockThatIsNotReleasedWasMade() throws Exception {
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 0);
    RtpBlock block = block(pool, 10, 1);
    assertThat(pool.leaks()).containsOnlyKeys(block);
    assertThat(Objects.requireNonNull(pool.leaks().get(block)).getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(RtpBlockPoolTest.class.getName()));
    block.release();
    assertThat(pool.leaks()).isEmpty();
  }

  @Test
  void refusesUseAfterTheLastRelease() throws Exception {
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
    RtpBlock block = block(pool, 10, 1);
    block.release();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(block::release).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(block::retain).isInstanceOf(IllegalStateException.class);
    }
    assertThat(pool.blocksInUse()).isZero();
    assertThat(pool.idleBytes()).isEqualTo(256);
  }

  /** Producers fill blocks with one value; consumers see no other value while they hold one. */
  @ParameterizedTest
  @EnumSource(RtpBlockPool.Backing.class)
  void keepsBytesAsLongAsAnybodyHoldsThem(RtpBlockPool.Backing backing) throws Exception {
    int consumers = 3;
    try (RtpBlockPool pool = new RtpBlockPool(backing, 1 << 20);
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> checks = new ArrayList<>();
      for (int run = 0; run < 3000; run++) {
        RtpBlock block = block(pool, 1 + run % 1100, run);
        int value = run;
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < consumers; i++) {
          block.retain();
          checks.add(
              threads.submit(
                  () -> {
                    start.await();
                    int wrong = wrongBytes(block, value);
                    block.retain().release();
                    block.release();
                    return wrong;
                  }));
        }
        start.countDown();
        block.release();
      }
      for (Future<Integer> check : checks) {
        assertThat(check.get()).isZero();
      }
      assertThat(pool.blocksInUse()).isZero();
      assertThat(pool.bytesInUse()).isZero();
      assertThat(pool.leaks()).isEmpty();
      assertThat(pool.blocksMade()).isEqualTo(3000);
    }
  }

  @Test
  void keepsPayloadsApart() throws Exception {
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
    RtpBlockWriter writer = new RtpBlockWriter(pool);
    Random random = new Random(31);
    for (int run = 0; run < 100; run++) {
      List<ByteBuffer> payloads = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(200); i++) {
        payloads.add(RandomMedia.nalUnit(random, 1 + random.nextInt(1150)));
        writer.put(payloads.getLast(), 0, payloads.getLast().remaining());
        writer.endPacket();
      }
      RtpBlock block = writer.finish(Codec.H264, true, 1_000_000L + run, 5);
      assertThat(writer.isEmpty()).isTrue();
      assertThat(Payloads.of(block)).isEqualTo(payloads);
      assertThat(block.payloadBytes())
          .isEqualTo(payloads.stream().mapToInt(ByteBuffer::remaining).sum());
      block.release();
    }
  }

  @Test
  void refusesPayloadsOfTheWrongSizeAndBlocksThatAreTooLarge() throws Exception {
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
    RtpBlockWriter writer = new RtpBlockWriter(pool);
    assertThatThrownBy(writer::endPacket).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.finish(Codec.H264, false, 0, 0))
        .isInstanceOf(IllegalStateException.class);
    writer.put(ByteBuffer.allocate(1151), 0, 1151);
    assertThatThrownBy(writer::endPacket).isInstanceOf(IllegalStateException.class);
    writer.clear();
    ByteBuffer packet = ByteBuffer.allocate(1024);
    for (int bytes = 0; bytes < RtpBlockPool.MAX_BLOCK_BYTES; bytes += 1024) {
      writer.put(packet, 0, 1024);
      writer.endPacket();
    }
    assertThatThrownBy(() -> writer.put(1)).isInstanceOf(MalformedMediaException.class);
    assertThat(writer.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "H264, 1000000, 90000",
    "H264, 11, 0",
    "H264, 12, 1",
    "H264, -1, -1",
    "PCMA, 20000, 160",
    "OPUS, 20000, 960",
    "H264, 1800000000000000, 162000000000000",
  })
  void countsTimeInTicksOfTheCodec(Codec codec, long micros, long ticks) throws Exception {
    RtpBlockPool pool = new RtpBlockPool(RtpBlockPool.Backing.HEAP, 1 << 20);
    RtpBlockWriter writer = new RtpBlockWriter(pool);
    writer.put(1);
    writer.endPacket();
    RtpBlock block = writer.finish(codec, false, micros, 0);
    assertThat(block.timeTicks()).isEqualTo(ticks);
    block.release();
  }

  private static RtpBlock block(RtpBlockPool pool, int bytes, int value) throws Exception {
    RtpBlockWriter writer = new RtpBlockWriter(pool);
    for (int i = 0; i < bytes; i++) {
      writer.put(value);
    }
    writer.endPacket();
    return writer.finish(Codec.H264, true, value, 0);
  }

  private static int wrongBytes(RtpBlock block, int value) {
    int wrong = 0;
    for (byte found : Payloads.of(block).getFirst().array()) {
      wrong += found == (byte) value ? 0 : 1;
    }
    return wrong;
  }
}
