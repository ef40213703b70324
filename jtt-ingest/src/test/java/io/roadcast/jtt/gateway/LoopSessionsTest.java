package io.roadcast.jtt.gateway;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.position.LastPositions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LoopSessionsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path directory;

  @Test
  void aSessionThatFailsDoesNotKeepTheOthersFromBeingLookedAfter() throws Exception {
    DefaultEventExecutor loop = new DefaultEventExecutor();
    try (Journal journal = Journal.open(JournalConfig.in(directory))) {
      GatewayCore core = core(journal);
      FailingWire wire = new FailingWire();
      loop.submit(
              () -> {
                LoopSessions sessions = new LoopSessions(loop);
                MessageRouting routing = new MessageRouting(core);
                sessions.add(new LinkSession(core, wire, routing, System.nanoTime()));
              })
          .get();
      Assertions.assertThat(wire.closings.await(30, TimeUnit.SECONDS))
          .as("looked after again")
          .isTrue();
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  private static GatewayCore core(Journal journal) {
    GatewayStatistics statistics = new GatewayStatistics();
    InstantSource clock = InstantSource.system();
    Duration soon = Duration.ofMillis(1);
    return new GatewayCore(
        TestGateway.CONFIG.with(new Jt808Config.Times(LONG, soon, LONG, LONG)),
        new OpenAdmission(),
        journal,
        TestGateway.keepsAll(),
        new LastPositions(),
        new LinkRegistry(statistics, clock),
        new TerminalMemory(10),
        new MinuteQuota(10),
        statistics,
        clock);
  }

  /** One that can not even be closed. */
  private static final class FailingWire implements Wire {
    private final CountDownLatch closings = new CountDownLatch(3);

    @Override
    public void close(CloseReason reason) {
      closings.countDown();
      throw new IllegalStateException("a mistake of ours");
    }

    @Override
    public void send(List<Bytes> frames) {}

    @Override
    public InetSocketAddress remote() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public @Nullable InetSocketAddress local() {
      return null;
    }

    @Override
    public void read(Reading reading) {}

    @Override
    public boolean run(Runnable task) {
      return false;
    }

    @Override
    public boolean lossy() {
      return false;
    }

    @Override
    public boolean moved() {
      return false;
    }

    @Override
    public void settled() {}
  }
}
