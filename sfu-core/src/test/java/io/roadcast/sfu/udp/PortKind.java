package io.roadcast.sfu.udp;

import static org.junit.jupiter.api.Assumptions.abort;

import io.roadcast.sfu.linux.LinuxUdpPorts;
import io.roadcast.sfu.linux.NativePortException;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The ports that every test of ports and workers runs with; skipped where one does not exist. */
public enum PortKind {
  NIO {
    @Override
    UdpPort bind(InetSocketAddress address, PortSharing sharing) throws IOException {
      return NioUdpPort.bind(address, BUFFER_BYTES, sharing);
    }
  },
  NATIVE {
    @Override
    UdpPort bind(InetSocketAddress address, PortSharing sharing) throws IOException {
      return linux(LinuxUdpPorts.Offload.WHERE_POSSIBLE).bind(address, BUFFER_BYTES, sharing);
    }
  },
  NATIVE_WITHOUT_SEGMENTATION {
    @Override
    UdpPort bind(InetSocketAddress address, PortSharing sharing) throws IOException {
      return linux(LinuxUdpPorts.Offload.NEVER).bind(address, BUFFER_BYTES, sharing);
    }
  };

  private static final int BUFFER_BYTES = 1 << 20;

  abstract UdpPort bind(InetSocketAddress address, PortSharing sharing) throws IOException;

  private static LinuxUdpPorts linux(LinuxUdpPorts.Offload offload) {
    try {
      return LinuxUdpPorts.probe(offload);
    } catch (NativePortException e) {
      return abort("SKIPPED, no native UDP port here: " + e.getMessage());
    }
  }
}
