package io.roadcast.bench.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacketOrderTest {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final List<Integer> seen = new ArrayList<>();
  private final PacketOrder order = new PacketOrder(new Seen(), PATIENCE);
  private long now = 1;

  private final class Seen implements PacketOrder.Output {
    @Override
    public void packet(
        byte[] bytes, int offset, int length, int timestamp, boolean marker, long arrivalNanos) {
      seen.add(ByteBuffer.wrap(bytes, offset, length).getInt());
    }

    @Override
    public void lost(long packets) {
      for (int i = 0; i < packets; i++) {
        seen.add(-1);
      }
    }
  }

  @Test
  void passesOnWhatComesInOrderAcrossTheWrap() {
    for (int number = 65_530; number < 65_550; number++) {
      media(number);
    }
    assertThat(seen).hasSize(20).isSorted();
    assertThat(order.received()).isEqualTo(20);
    assertThat(order.expected()).isEqualTo(20);
    assertThat(order.gaps() + order.lost() + order.duplicates()).isZero();
  }

  @Test
  void waitsForAReorderedPacket() {
    media(1, 2, 4, 5, 3, 6);
    assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(order.gaps()).isEqualTo(1);
    assertThat(order.reordered()).isEqualTo(1);
    assertThat(order.missing()).isZero();
  }

  @Test
  void asksForWhatIsMissingAndTakesTheRepair() {
    media(10, 13);
    assertThat(order.requests(now)).containsExactly(11, 12);
    assertThat(order.requests(now)).as("not again at once").isEmpty();
    repair(12);
    now += TimeUnit.MILLISECONDS.toNanos(100);
    assertThat(order.requests(now)).containsExactly(11);
    repair(11);
    assertThat(seen).containsExactly(10, 11, 12, 13);
    assertThat(order.repaired()).isEqualTo(2);
    assertThat(order.received()).isEqualTo(2);
    assertThat(order.lost()).isZero();
  }

  @Test
  void givesUpInTimeAndTakesBackWhatComesLater() {
    media(1, 2, 5, 6, 9);
    now += PATIENCE + 1;
    order.expire(now);
    assertThat(seen).containsExactly(1, 2, -1, -1, 5, 6, -1, -1, 9);
    assertThat(order.lost()).isEqualTo(4);
    repair(3);
    assertThat(order.lost()).isEqualTo(3);
    assertThat(seen).as("too late to be of use").hasSize(9);
  }

  @Test
  void tellsDuplicatesFromRepairs() {
    media(1, 2, 2, 3);
    repair(3);
    media(5, 5);
    assertThat(order.duplicates()).isEqualTo(3);
    assertThat(seen).containsExactly(1, 2, 3);
    assertThat(order.missing()).isEqualTo(1);
  }

  @Test
  void boundsWhatItWaitsForAfterAJump() {
    media(1, 20_000);
    assertThat(order.missing()).isLessThanOrEqualTo(4096);
    assertThat(order.lost() + order.missing()).isEqualTo(19_998);
    now += PATIENCE + 1;
    order.expire(now);
    assertThat(order.lost()).isEqualTo(19_998);
    assertThat(seen.getLast()).isEqualTo(20_000);
  }

  @Test
  void everyNumberEndsAsSeenOrLost() {
    Random random = new Random(4);
    List<Integer> sent = new ArrayList<>();
    for (int number = 40_000; number < 140_000; number++) {
      if (random.nextInt(20) > 0 || number == 40_000) {
        sent.add(Math.clamp(sent.size() - random.nextInt(5), 0, sent.size()), number);
      }
      if (random.nextInt(50) == 0 && !sent.isEmpty()) {
        sent.add(sent.get(random.nextInt(sent.size())) < 0 ? number : sent.getLast());
      }
    }
    sent.remove(Integer.valueOf(40_000));
    media(40_000);
    for (int number : sent) {
      now += TimeUnit.MILLISECONDS.toNanos(1);
      media(number);
      order.expire(now);
    }
    now += PATIENCE + 1;
    order.expire(now);
    assertThat(order.missing()).isZero();
    assertThat(seen.stream().filter(number -> number >= 0)).isSorted().doesNotHaveDuplicates();
    assertThat((long) seen.size()).isEqualTo(order.expected());
    assertThat(order.received() + order.lost()).isEqualTo(order.expected());
  }

  private void media(int... numbers) {
    for (int number : numbers) {
      accept(number, false);
    }
  }

  private void repair(int number) {
    accept(number, true);
  }

  private void accept(int number, boolean repair) {
    byte[] payload = ByteBuffer.allocate(7).position(2).putInt(number).array();
    order.accept(order.unwrap(number & 0xFFFF), repair, payload, 2, 4, 0, false, now);
  }
}
