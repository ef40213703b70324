package io.roadcast.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.NtpTime;
import io.roadcast.media.rtp.RtcpPacket;
import io.roadcast.media.rtp.RtcpPacket.Nack;
import io.roadcast.media.rtp.RtcpPacket.ReceiverReport;
import io.roadcast.media.rtp.RtcpPacket.ReportBlock;
import io.roadcast.media.rtp.RtcpPacket.SenderReport;
import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import io.roadcast.sfu.congestion.SimulatedPath;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A worker and a viewer with a long path between them that loses packets in both directions. The
 * viewer asks for what is missing as browsers do that do not know the round trip: every 100 ms, ten
 * times.
 */
@Timeout(60)
class LossyPathTest {
  private static final int KEYFRAME_EVERY = 100;
  private static final int ASK_EVERY_MILLIS = 100;
  private static final int MOST_ASKED = 10;
  private static final int VIEWER_SSRC = 77;

  private record OnTheWay(long dueMicros, Watcher.@Nullable Packet packet, byte @Nullable [] up) {}

  private static final class Wanted {
    private int asked;
    private long askedMilli = -ASK_EVERY_MILLIS;
  }

  private final WorkerHarness harness = new WorkerHarness();
  private final Watcher watcher = WorkerHarness.watcher(1);
  private final Random random = new Random(1);
  private final PriorityQueue<OnTheWay> way =
      new PriorityQueue<>(Comparator.comparingLong(OnTheWay::dueMicros));
  private final TreeMap<Integer, Wanted> missing = new TreeMap<>();
  private final Map<Integer, Long> sentMicros = new HashMap<>();
  private final Map<Integer, Long> cameMicros = new HashMap<>();
  private long milli;
  private int highest = -1;

  @AfterEach
  void everyBlockIsReturned() {
    harness.close();
  }

  /** 1.75 Mbit/s over 50 Mbit/s: nothing but loss is in the way. */
  @ParameterizedTest
  @CsvSource({"100, 0.05", "300, 0.05", "20, 0.1", "100, 0.1", "300, 0.1"})
  void lossAloneNeitherSlowsAViewerDownNorLeavesAHole(int roundTripMillis, double loss) {
    TestCamera camera = harness.camera(KEYFRAME_EVERY, 50_000, 8_000);
    camera.picture(harness.clock.nanos());
    Viewer viewer = harness.joinNumbered(camera.stream(), watcher);
    SimulatedPath path = new SimulatedPath(50_000_000, roundTripMillis, loss, 4);
    long least = Long.MAX_VALUE;
    for (int second = 0; second < 60; second++) {
      run(camera, path, loss);
      if (second > 5) {
        least = Math.min(least, viewer.statistics().estimate());
      }
    }
    long late = 0;
    long never = 0;
    for (Map.Entry<Integer, Long> sent : sentMicros.entrySet()) {
      Long came = cameMicros.get(sent.getKey());
      if (sent.getValue() < harness.clock.nanos() / 1000 - 2_000_000) {
        never += came == null ? 1 : 0;
        late += came != null && came - sent.getValue() > 1_000_000 ? 1 : 0;
      }
    }
    assertThat(harness.worker.statistics().framesThinned()).isZero();
    assertThat(least).as("estimate").isGreaterThan(4_000_000);
    assertThat(never).as("packets that never came, of %s", sentMicros.size()).isZero();
    assertThat(late).as("packets that came after a second").isLessThan(sentMicros.size() / 1000);
  }

  private void run(TestCamera camera, SimulatedPath path, double loss) {
    for (long end = milli + 1000; milli < end; milli++) {
      harness.clock.pass(Duration.ofMillis(1));
      long nowMicros = harness.clock.nanos() / 1000;
      if (milli % 40 == 0) {
        camera.picture(harness.clock.nanos());
      }
      harness.worker.turn();
      for (FakePort.Datagram datagram : harness.port.sent) {
        enter(path, datagram.bytes(), nowMicros);
      }
      harness.port.sent.clear();
      arrive(nowMicros);
      askForMissing(path, loss, nowMicros);
      if (milli % 100 == 0) {
        TransportFeedback feedback = path.report(nowMicros);
        if (feedback != null) {
          say(path, loss, nowMicros, feedback);
        }
        harness.watchers.forEach((address, same) -> harness.check(address));
      }
      if (milli % 1000 == 0) {
        report(path, loss, nowMicros);
      }
    }
  }

  private void enter(SimulatedPath path, byte[] bytes, long nowMicros) {
    int before = watcher.packets.size();
    watcher.receive(bytes);
    if (watcher.packets.size() == before) {
      return; // a report, which is not lost here
    }
    Watcher.Packet packet = watcher.packets.getLast();
    if (packet.ssrc() == WorkerHarness.VIDEO_SSRC) {
      sentMicros.put(packet.sequence(), nowMicros);
    }
    int number = (bytes[21] & 0xff) << 8 | bytes[22] & 0xff;
    long arrival = path.send(number, bytes.length + 28, nowMicros);
    if (arrival != SimulatedPath.LOST) {
      way.add(new OnTheWay(arrival, packet, null));
    }
  }

  private void arrive(long nowMicros) {
    while (!way.isEmpty() && way.peek().dueMicros() <= nowMicros) {
      OnTheWay each = way.remove();
      if (each.up() != null) {
        harness.watchers.forEach(
            (address, same) ->
                harness.port.incoming.add(new FakePort.Datagram(address, each.up())));
      } else if (each.packet() != null) {
        came(each.packet(), nowMicros);
      }
    }
  }

  private void came(Watcher.Packet packet, long nowMicros) {
    boolean repair = packet.ssrc() == WorkerHarness.RTX_SSRC;
    int sequence =
        repair ? ByteBuffer.wrap(packet.payload()).getShort() & 0xffff : packet.sequence();
    cameMicros.putIfAbsent(sequence, nowMicros);
    missing.remove(sequence);
    if (!repair) {
      for (int gap = highest + 1; highest >= 0 && gap < sequence; gap++) {
        missing.put(gap, new Wanted());
      }
      highest = Math.max(highest, sequence);
    }
  }

  private void askForMissing(SimulatedPath path, double loss, long nowMicros) {
    List<Integer> due = new ArrayList<>();
    missing.forEach(
        (sequence, wanted) -> {
          if (wanted.asked < MOST_ASKED && milli - wanted.askedMilli >= ASK_EVERY_MILLIS) {
            wanted.asked++;
            wanted.askedMilli = milli;
            due.add(sequence);
          }
        });
    if (!due.isEmpty()) {
      say(path, loss, nowMicros, new Nack(VIEWER_SSRC, WorkerHarness.VIDEO_SSRC, due));
    }
  }

  private void report(SimulatedPath path, double loss, long nowMicros) {
    for (int i = watcher.rtcp.size() - 1; i >= 0; i--) {
      if (watcher.rtcp.get(i) instanceof SenderReport sent
          && sent.ssrc() == WorkerHarness.VIDEO_SSRC) {
        long micros = NtpTime.toEpochMicros(sent.ntpTime()) + path.oneWayMicros();
        long wall = harness.clock.wall().toEpochMilli() * 1000;
        int kept = NtpTime.shortDuration(Math.max(0, wall - micros) * 1000);
        ReportBlock block =
            new ReportBlock(
                sent.ssrc(),
                (int) (loss * 256),
                0,
                highest,
                0,
                NtpTime.middle(sent.ntpTime()),
                kept);
        say(path, loss, nowMicros, new ReceiverReport(VIEWER_SSRC, List.of(block)));
        return;
      }
    }
  }

  private void say(SimulatedPath path, double loss, long nowMicros, RtcpPacket packet) {
    byte[] bytes = watcher.report(packet);
    if (random.nextDouble() >= loss) {
      way.add(new OnTheWay(nowMicros + path.oneWayMicros(), null, bytes));
    }
  }
}
