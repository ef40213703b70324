package io.roadcast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.TerminalId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class UplinkTest {
  @Test
  void dropsAndCountsWhatAServerThatReadsNothingCannotTake() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Destination server = new Destination("127.0.0.1", silent.getLocalPort(), Transport.TCP);
      UplinkCounters counters = new UplinkCounters();
      TerminalId id = TerminalId.ofDigits("1", IdWidth.SIX);
      Uplink.WriterFactory writers =
          (path, transport) ->
              new PacketWriter(
                  path,
                  transport,
                  id,
                  Source.Ids.OF_TERMINAL,
                  false,
                  Impairment.none(),
                  new Random(1),
                  counters);
      try (Uplink uplink = new Uplink(server, "1", Uplink.AfterEnd.COME_BACK, counters, writers)) {
        uplink.start();
        await().until(() -> counters.connected.sum() == 1);
        Item keyframe = new Item.Frame(PacketType.I_FRAME, PayloadTypes.H264, 0, new byte[60_000]);
        for (int frame = 0; frame < 4000; frame++) {
          uplink.offer(keyframe, 1);
        }
        assertThat(counters.dropped.sum()).isPositive();
        assertThat(counters.videoFrames.sum() + counters.dropped.sum()).isLessThan(4000);
      }
    }
  }
}
