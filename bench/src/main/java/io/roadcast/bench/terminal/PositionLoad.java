package io.roadcast.bench.terminal;

import io.roadcast.bench.terminal.TcpTerminals.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Terminals that report positions over TCP and repeat what was not acknowledged, over as many
 * connections as it takes. Each position carries its number as the altitude, so that it is known
 * again wherever it is stored. All methods belong to one thread.
 */
public final class PositionLoad implements AutoCloseable {
  private static final int FIRST_NUMBER = 500_000;
  private static final long SECOND = 1_000_000_000L;
  private static final Duration CONNECTING = Duration.ofSeconds(60);

  private final TcpTerminals terminals;
  private final List<PositionReporter> reporters = new ArrayList<>();
  private final Delays delays = new Delays();
  private long made;

  /**
   * @param port of JT/T 808 on the loopback address
   */
  public PositionLoad(int port, int count) throws IOException {
    this(port, count, TerminalFrame::location);
  }

  /**
   * Each position comes with a safety alarm of the same number.
   *
   * @param port of JT/T 808 on the loopback address
   */
  public static PositionLoad ofAlarms(int port, int count) throws IOException {
    return new PositionLoad(port, count, TerminalFrame::alarm);
  }

  private PositionLoad(int port, int count, ReportForm form) throws IOException {
    terminals = new TcpTerminals(port);
    terminals.listen(this::answered);
    for (int i = 0; i < count; i++) {
      reporters.add(new PositionReporter(TcpTerminals.phone(FIRST_NUMBER + i), form));
    }
  }

  /**
   * Connects all anew and repeats what is not yet acknowledged.
   *
   * @throws IOException if one of them is not let in
   */
  public void connect() throws IOException {
    for (int i = 0; i < reporters.size(); i++) {
      reporters.get(i).use(terminals.connect(FIRST_NUMBER + i));
    }
    boolean all =
        terminals.runUntil(
            () -> reporters.stream().allMatch(PositionReporter::connected),
            System.nanoTime() + CONNECTING.toNanos());
    if (!all) {
      throw new IOException("not all terminals were let in");
    }
    reporters.forEach(PositionReporter::repeatOpen);
  }

  /**
   * Reports positions, spread evenly over time and terminals. Connections may break meanwhile;
   * their terminals keep what they have for the next one.
   */
  public void report(int perSecond, long count) throws IOException {
    long begin = System.nanoTime();
    for (long done = 0; done < count; ) {
      long due = Math.min(count, (System.nanoTime() - begin) * perSecond / SECOND);
      for (; done < due; done++) {
        reporters.get((int) (made++ % reporters.size())).report(Instant.now());
      }
      terminals.readAWhile();
    }
  }

  /** Waits for acknowledgements; whether nothing is left that was not acknowledged. */
  public boolean awaitAnswers(Duration patience) throws IOException {
    return terminals.runUntil(
        () -> reporters.stream().allMatch(PositionReporter::nothingOpen),
        System.nanoTime() + patience.toNanos());
  }

  private void answered(Terminal terminal, int serial, int id, int result) {
    if (id == TerminalFrame.LOCATION && result == 0) {
      int index = Integer.parseInt(terminal.phone.substring(4)) - FIRST_NUMBER;
      long sent = reporters.get(index).acknowledged(serial);
      if (sent != 0) {
        delays.add(System.nanoTime() - sent);
      }
    }
  }

  /** Positions that were made, acknowledged or not. */
  public long made() {
    return made;
  }

  public int count() {
    return reporters.size();
  }

  /** The number of one of them as the API knows it. */
  public String digits(int index) {
    return reporters.get(index).phone().replaceFirst("^0+", "");
  }

  /** Numbers of the positions of one of them that were acknowledged. */
  public BitSet acknowledged(int index) {
    return reporters.get(index).acknowledged();
  }

  /** From sending a position until its acknowledgement; those that were repeated do not count. */
  Delays delays() {
    return delays;
  }

  @Override
  public void close() throws IOException {
    reporters.forEach(PositionReporter::hangUp);
    terminals.close();
  }
}
