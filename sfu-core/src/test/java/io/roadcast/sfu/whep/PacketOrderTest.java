package io.roadcast.sfu.whep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacketOrderTest {
  private static final long MILLI = 1_000_000;

  private final PacketOrder order = new PacketOrder();

  @Test
  void packetsThatOvertookEachOtherComeInOrder() {
    add(10, 0);
    assertThat(take(0)).containsExactly(10L);
    add(13, 1);
    add(12, 2);
    assertThat(take(2)).isEmpty();
    assertThat(order.missing(2 * MILLI)).isEmpty();
    add(11, 3);
    assertThat(take(3)).containsExactly(11L, 12L, 13L);
    assertThat(order.missing(20 * MILLI)).isEmpty();
    assertThat(order.lost()).isZero();
  }

  @Test
  void whatIsMissingIsAskedForNowAndThen() {
    add(10, 0);
    take(0);
    add(13, 0);
    assertThat(order.missing(0)).isEmpty();
    assertThat(order.missing(10 * MILLI)).containsExactly(11L, 12L);
    assertThat(order.missing(20 * MILLI)).isEmpty();
    add(12, 50);
    assertThat(order.missing(111 * MILLI)).containsExactly(11L);
  }

  @Test
  void aGapIsGivenUpAfterAWhile() {
    add(10, 0);
    take(0);
    add(13, 100);
    add(14, 110);
    assertThat(take(499)).isEmpty();
    assertThat(take(500)).containsExactly(13L, 14L);
    assertThat(order.lost()).isEqualTo(2);
    add(11, 501); // too late
    add(15, 501);
    assertThat(take(501)).containsExactly(15L);
  }

  @Test
  void whatComesTwiceIsTakenOnce() {
    add(10, 0);
    add(10, 0);
    assertThat(take(0)).containsExactly(10L);
    add(10, 1);
    assertThat(take(1)).isEmpty();
    assertThat(order.lost()).isZero();
  }

  private void add(long number, long milli) {
    order.add(new IncomingPacket(number, 0, false, ByteBuffer.allocate(1), milli * MILLI));
  }

  private List<Long> take(long milli) {
    List<Long> numbers = new ArrayList<>();
    for (IncomingPacket packet = order.take(milli * MILLI);
        packet != null;
        packet = order.take(milli * MILLI)) {
      numbers.add(packet.number());
    }
    return numbers;
  }
}
