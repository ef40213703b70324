package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTableTest {
  private final WorkerHarness harness = new WorkerHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void behavesAsAMapOfAddresses() {
    TestCamera camera = harness.camera(10, 100, 100);
    List<Viewer> viewers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      viewers.add(harness.viewer(camera.stream()));
    }
    PeerTable table = new PeerTable();
    Map<PeerAddress, Viewer> expected = new HashMap<>();
    Random random = new Random(11);
    for (int step = 0; step < 20_000; step++) {
      PeerAddress address =
          new PeerAddress(random.nextInt(3), random.nextInt(20), random.nextInt(20));
      Viewer viewer = viewers.get(random.nextInt(viewers.size()));
      if (random.nextBoolean()) {
        table.put(address, viewer);
        expected.put(address, viewer);
      } else {
        table.remove(address, viewer);
        expected.remove(address, viewer);
      }
      PeerAddress asked =
          new PeerAddress(random.nextInt(3), random.nextInt(20), random.nextInt(20));
      assertThat(table.get(asked.high(), asked.low(), asked.port())).isSameAs(expected.get(asked));
      assertThat(table.size()).isEqualTo(expected.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::17", "127.0.0.1", "::1"})
  void anAddressIsTheSameInBothForms(String host) throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), 40_112);
    assertThat(PeerAddress.of(address).toSocketAddress()).isEqualTo(address);
  }
}
