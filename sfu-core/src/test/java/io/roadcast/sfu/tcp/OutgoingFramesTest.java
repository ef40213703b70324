package io.roadcast.sfu.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection whose other end reads when the test says so. */
final class OutgoingFramesTest {
  private static final MemorySegment RUN = MemorySegment.ofArray(new byte[1000]);

  private final AtomicLong nanos = new AtomicLong(7);
  private final AtomicInteger told = new AtomicInteger();
  private final Wire wire = new Wire();
  private final EmbeddedChannel channel = new EmbeddedChannel(wire);
  private final OutgoingFrames frames =
      new OutgoingFrames(channel, told::incrementAndGet, nanos::get);

  /** Keeps what is written until it is carried. */
  private static final class Wire extends ChannelOutboundHandlerAdapter {
    private final Deque<ChannelPromise> held = new ArrayDeque<>();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      held.add(promise);
    }

    void carry(int runs) {
      for (int i = 0; i < runs; i++) {
        held.remove().setSuccess();
      }
    }
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void isFullWhenSomethingHasWaitedTooLong() {
    put();
    nanos.addAndGet(OutgoingFrames.FULL_NANOS - 1);
    assertThat(frames.isReady()).isTrue();
    put();
    nanos.addAndGet(1);
    assertThat(frames.isReady()).isFalse();

    wire.carry(1); // the other one has waited for a nanosecond
    assertThat(told).hasValue(1);
    assertThat(frames.isReady()).isTrue();
  }

  @Test
  void saysThatThereIsRoomOnlyWhenWhatWaitsIsFresh() {
    put();
    put();
    nanos.addAndGet(OutgoingFrames.FULL_NANOS);
    assertThat(frames.isReady()).isFalse();
    wire.carry(1);
    assertThat(told).hasValue(0);
    assertThat(frames.isReady()).isFalse();
    wire.carry(1);
    assertThat(told).hasValue(1);
    nanos.addAndGet(10 * OutgoingFrames.FULL_NANOS);
    assertThat(frames.isReady()).as("nothing waits").isTrue();
  }

  @Test
  void isFullWhenTooMuchWaits() {
    int runs = OutgoingFrames.FULL_BYTES / 1000;
    for (int i = 0; i <= runs; i++) {
      put();
    }
    assertThat(frames.isReady()).isFalse();
    wire.carry(runs / 2 + 2);
    assertThat(told).hasValue(1);
    assertThat(frames.isReady()).isTrue();
  }

  private void put() {
    assertThat(frames.add(RUN, 0, 1000, 1000)).isTrue();
    channel.runPendingTasks();
  }
}
