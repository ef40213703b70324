package io.roadcast.jtt.safety;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalListener;
import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.TransparentUp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what terminals say of their safety peripherals, asked or not. One thread writes; while the
 * database is away the last ones wait, and what comes beyond them is counted and forgotten: it can
 * be asked for again.
 */
public final class PeripheralKeeping implements TerminalListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeripheralKeeping.class);
  private static final int MOST_WAITING = 10_000;
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final PeripheralTable table;
  private final InstantSource clock;
  private final BlockingQueue<Told> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final LongAdder kept = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;
  private volatile boolean stopping;

  private record Told(String terminal, PeripheralReport report, Instant at) {}

  public PeripheralKeeping(PeripheralTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("peripherals").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Messages that were kept. */
  public long kept() {
    return kept.sum();
  }

  /** Messages that were not. */
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void message(TerminalLink link, Jt808Message message) {
    if (message instanceof TransparentUp told) {
      PeripheralReport.of(told)
          .map(report -> new Told(link.terminal(), report, clock.instant()))
          .filter(each -> !waiting.offer(each))
          .ifPresent(each -> dropped.increment());
    }
  }

  private void run() {
    while (!stopping) {
      try {
        keep(waiting.take());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void keep(Told told) {
    while (!stopping) {
      try {
        table.put(told.terminal(), told.report(), told.at());
        kept.increment();
        return;
      } catch (DatabaseUnavailableException away) {
        LOG.debug("[peripherals] they wait: {}", away.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (RuntimeException mistake) {
        LOG.error("[peripherals] those of {} could not be kept", told.terminal(), mistake);
        dropped.increment();
        return;
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
  }
}
