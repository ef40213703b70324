package io.roadcast.sfu.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roadcast.sfu.udp.UdpPort;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UdpPortsTest {
  private static final SfuConfig CONFIG =
      SfuConfig.defaults()
          .withUdpPort(0)
          .withBindAddresses(List.of(InetAddress.getLoopbackAddress()));

  @Test
  void theJdksPortIsThereOnDemand() throws Exception {
    UdpPorts ports = UdpPorts.choose(UdpPortKind.NIO, SegmentationOffload.AUTO);
    assertThat(ports.reason()).isEqualTo("configured");
    assertThat(one(ports).name()).isEqualTo("nio");
    assertThat(one(ports).segments()).isFalse();
  }

  @Test
  void automaticallyThereIsAlwaysOne() throws Exception {
    UdpPorts ports = UdpPorts.choose(UdpPortKind.AUTO, SegmentationOffload.AUTO);
    if (ports.reason().equals("probed")) {
      assertThat(one(ports).name()).isEqualTo("native");
      UdpPorts plain = UdpPorts.choose(UdpPortKind.NATIVE, SegmentationOffload.OFF);
      assertThat(one(plain).segments()).isFalse();
    } else {
      assertThat(one(ports).name()).isEqualTo("nio");
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> UdpPorts.choose(UdpPortKind.NATIVE, SegmentationOffload.AUTO));
    }
  }

  @Test
  void aPortThatAnotherServerHasIsRefusedHoweverManyWorkersThereAre() throws Exception {
    UdpPorts ports = UdpPorts.choose(UdpPortKind.AUTO, SegmentationOffload.AUTO);
    List<UdpPort> bound = ports.bind(CONFIG, 3);
    int taken = bound.getFirst().localAddress().getPort();
    assertThat(bound).allMatch(port -> port.localAddress().getPort() == taken);
    for (int workers : new int[] {1, 3}) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ports.bind(CONFIG.withUdpPort(taken), workers))
          .withMessageContaining("in use");
    }
    for (UdpPort port : bound) {
      port.close();
    }
  }

  private static UdpPort one(UdpPorts ports) throws IOException {
    UdpPort port = ports.bind(CONFIG, 1).getFirst();
    port.close();
    return port;
  }
}
