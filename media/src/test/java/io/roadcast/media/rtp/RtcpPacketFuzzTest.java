package io.roadcast.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import java.util.List;

class RtcpPacketFuzzTest {
  @FuzzTest
  void readsAnything(byte[] data) {
    try {
      List<RtcpPacket> packets = RtcpPacket.parseCompound(data, 0, data.length);
      for (RtcpPacket packet : packets) {
        if (packet.toString().isEmpty()) {
          throw new IllegalStateException("no description");
        }
      }
    } catch (MalformedMediaException e) {
      // Expected of malformed input.
    }
  }
}
