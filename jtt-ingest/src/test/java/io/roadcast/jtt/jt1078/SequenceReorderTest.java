package io.roadcast.jtt.jt1078;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequenceReorderTest {
  private final List<Integer> out = new ArrayList<>();
  private final List<ByteBuf> made = new ArrayList<>();
  private final SequenceReorder reorder =
      new SequenceReorder(
          (datagram, arrival) -> {
            out.add(datagram.readInt());
            datagram.release();
          });
  private long now;

  private void offer(int... sequences) {
    for (int sequence : sequences) {
      ByteBuf datagram = Unpooled.buffer(4).writeInt(sequence & 0xffff);
      made.add(datagram);
      reorder.offer(sequence & 0xffff, datagram, now);
    }
  }

  private void assertNothingHeld() {
    assertThat(made).allMatch(datagram -> datagram.refCnt() == 0);
  }

  @Test
  void passesOnInOrderAcrossTheWrap() {
    offer(65533, 65535, 65534, 1, 0, 2);
    assertThat(out).containsExactly(65533, 65534, 65535, 0, 1, 2);
    assertNothingHeld();
  }

  @Test
  void waitsForAMissingOneNoLongerThanItsPatience() {
    offer(10, 12, 13);
    now += SequenceReorder.PATIENCE_NANOS - 1;
    reorder.expire(now);
    assertThat(out).containsExactly(10);
    assertThat(reorder.waiting()).isTrue();
    reorder.expire(now + 1);
    assertThat(out).containsExactly(10, 12, 13);
    offer(11);
    assertThat(reorder.lateDatagrams()).isEqualTo(1);
    assertNothingHeld();
  }

  @Test
  void givesUpOnAMissingOneWhenTheWindowIsFull() {
    offer(0);
    offer(IntStream.rangeClosed(2, 32).toArray());
    assertThat(out).hasSize(1);
    offer(33);
    assertThat(out).hasSize(33).doesNotContain(1);
    assertNothingHeld();
  }

  @Test
  void dropsDuplicates() {
    offer(5, 5, 6, 8, 8, 7, 5);
    assertThat(out).containsExactly(5, 6, 7, 8);
    assertThat(reorder.duplicateDatagrams()).isEqualTo(3);
    assertNothingHeld();
  }

  @Test
  void beginsAnewWhereTheTerminalCountsAnew() {
    offer(30_000, 30_001, 30_003, 0, 1);
    assertThat(out).containsExactly(30_000, 30_001, 30_003, 0, 1);
    assertNothingHeld();
  }

  @Test
  void beginsAnewNearByWhenEverythingSeemsLate() {
    offer(IntStream.range(0, 500).toArray());
    offer(IntStream.range(0, 100).toArray());
    assertThat(out.getLast()).isEqualTo(99);
    assertNothingHeld();
  }

  @Test
  void isInOrderWhateverTheOrder() {
    Random random = new Random(13);
    List<Integer> sent = new ArrayList<>();
    for (int at = 60_000; at < 70_000; at += 10) {
      List<Integer> run = new ArrayList<>(IntStream.range(at, at + 10).boxed().toList());
      Collections.shuffle(run, random);
      sent.addAll(run);
    }
    offer(59_999);
    sent.forEach(this::offer);
    assertThat(out)
        .isEqualTo(IntStream.range(59_999, 70_000).map(number -> number & 0xffff).boxed().toList());
    assertNothingHeld();
  }
}
