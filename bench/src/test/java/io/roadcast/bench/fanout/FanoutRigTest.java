package io.roadcast.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.sfu.srtp.JdkSrtpEngine;
import io.roadcast.sfu.srtp.SrtpProfile;
import io.roadcast.sfu.udp.PeerAddress;
import io.roadcast.sfu.udp.PeerPath;
import io.roadcast.sfu.udp.ReceiveBatch;
import io.roadcast.sfu.udp.SendBatch;
import io.roadcast.sfu.udp.UdpPort;
import io.roadcast.sfu.udp.WorkerStatistics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FanoutRigTest {
  private static final int DATAGRAM_BYTES = 20 + 1150 + 16;

  private final Locale usual = Locale.getDefault();

  @AfterEach
  void backToTheUsualLocale() {
    Locale.setDefault(usual);
  }

  @Test
  void theRealWorkerSendsFramesOfTheWantedNumberOfPackets() throws Exception {
    CountingPort port = new CountingPort();
    InetSocketAddress viewers = new InetSocketAddress(InetAddress.getLoopbackAddress(), 30_000);
    try (FanoutRig rig = new FanoutRig(port, new JdkSrtpEngine())) {
      rig.join(3, viewers, SrtpProfile.AEAD_AES_128_GCM);
      rig.run(5);
      await().until(() -> rig.statistics().packets() > 1500);
      rig.rest();
      WorkerStatistics sent = rig.statistics();
      assertThat((double) sent.packets() / sent.runs()).as("packets in a run").isBetween(4.5, 5.1);
      assertThat(port.fullRuns.get()).as("runs of five equal packets").isGreaterThan(200);
    }
  }

  @Test
  void aSampleSurvivesItsLineInEveryLanguage() {
    FanoutSample sample = new FanoutSample(12, 319.25, 200.5, 1181.125, 3);
    Locale.setDefault(Locale.GERMANY);
    assertThat(FanoutSample.parse(sample.line())).isEqualTo(sample);
  }

  /** Takes everything and looks at the runs. */
  private static final class CountingPort implements UdpPort {
    private record Path(PeerAddress address) implements PeerPath {}

    private final AtomicLong fullRuns = new AtomicLong();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public InetSocketAddress localAddress() {
      return new InetSocketAddress(10_000);
    }

    @Override
    public int maxRunBytes() {
      return 65_507;
    }

    @Override
    public PeerPath path(PeerAddress address) {
      return new Path(address);
    }

    @Override
    public void await(long nanos) {
      if (nanos > 0) {
        LockSupport.parkNanos(Math.min(nanos, 1_000_000));
      }
    }

    @Override
    public void wake() {}

    @Override
    public void receive(ReceiveBatch batch) {}

    @Override
    public void send(SendBatch batch) {
      while (!batch.isEmpty()) {
        int run = batch.firstUnsent();
        if (batch.stride(run) == DATAGRAM_BYTES && batch.length(run) == 5 * DATAGRAM_BYTES) {
          fullRuns.incrementAndGet();
        }
        batch.sentRun();
      }
    }

    @Override
    public long errors() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
