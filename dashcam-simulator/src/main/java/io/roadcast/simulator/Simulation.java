package io.roadcast.simulator;

import io.roadcast.simulator.alarm.AlarmKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A running fleet of simulated terminals. Pictures and sound are made once, on a thread per scene
 * and one for the sound, and sent by a virtual thread per connection. Its methods may be called by
 * any thread.
 */
public final class Simulation implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Studio studio;
  private final UplinkCounters counters = new UplinkCounters();
  private final SignallingTally tally = new SignallingTally();
  private final List<Uplink> uplinks = new ArrayList<>();
  private final List<VirtualTerminal> terminals = new ArrayList<>();

  private Simulation(SimulationOptions options, Studio studio) {
    this.studio = studio;
    Signalling signalling = options.signalling();
    MediaWriters writers = new MediaWriters(options, studio.hasSeveralChannels(), counters);
    for (int index = 0; index < options.fleet().terminals(); index++) {
      if (signalling == null) {
        addSender(options, index, writers);
      } else {
        terminals.add(
            new VirtualTerminal(options, signalling, index, studio, writers, counters, tally));
      }
    }
  }

  /**
   * Starts all terminals; returns when each of them tried to connect once.
   *
   * @throws IOException if the file to replay cannot be read
   */
  public static Simulation start(SimulationOptions options) throws IOException {
    Simulation simulation = new Simulation(options, Studio.of(options.source()));
    simulation.uplinks.forEach(Uplink::start);
    simulation.terminals.forEach(VirtualTerminal::start);
    simulation.awaitFirstAttempts();
    simulation.studio.start();
    return simulation;
  }

  /** A terminal that sends all its channels unasked. */
  private void addSender(SimulationOptions options, int index, MediaWriters writers) {
    String digits = options.fleet().terminal(index);
    Destination server =
        new Destination(
            options.server().host(), options.server().port(), options.wire().transport());
    Uplink shared = null;
    for (int channel = 1; channel <= options.fleet().channels(); channel++) {
      if (shared == null
          || options.wire().connections() == SimulationOptions.Connections.ONE_PER_CHANNEL) {
        shared =
            new Uplink(server, digits, Uplink.AfterEnd.COME_BACK, counters, writers.of(digits));
        uplinks.add(shared);
      }
      Outlet.Place place = new Outlet.Place(shared, channel);
      studio.pictures(index, StreamChoice.MAIN).join(place);
      studio.sound().join(place);
    }
  }

  private void awaitFirstAttempts() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Uplink uplink : uplinks) {
        long left = Math.max(0, end - System.nanoTime());
        uplink.awaitFirstAttempt(Duration.ofNanos(left));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was sent so far. */
  public SimulationCounters counters() {
    return counters.snapshot();
  }

  /** What was said over JT/T 808 so far. */
  public SignallingCounters signalling() {
    return tally.snapshot();
  }

  /** Ends all connections of a terminal; it stays away until {@link #reconnect}. */
  public void disconnect(String terminal) {
    each(terminal, Uplink::disconnect, VirtualTerminal::disconnect);
  }

  /** Lets a terminal connect again; it sends from the next keyframe on. */
  public void reconnect(String terminal) {
    each(terminal, Uplink::reconnect, VirtualTerminal::reconnect);
  }

  /** Breaks a terminal's signalling connection, as a dead spot does; it comes back by itself. */
  public void breakConnection(String terminal) {
    each(terminal, uplink -> {}, VirtualTerminal::breakConnection);
  }

  /** Changes how a terminal behaves from its next message on. */
  public void behave(String terminal, Behaviour behaviour) {
    each(terminal, uplink -> {}, virtual -> virtual.behave(behaviour));
  }

  /** Has a terminal raise a safety alarm with its next message. */
  public void raise(String terminal, AlarmKind kind) {
    each(terminal, uplink -> {}, virtual -> virtual.raise(kind));
  }

  private void each(String terminal, Consumer<Uplink> sender, Consumer<VirtualTerminal> virtual) {
    uplinks.stream().filter(uplink -> uplink.terminal().equals(terminal)).forEach(sender);
    terminals.stream().filter(one -> one.digits().equals(terminal)).forEach(virtual);
  }

  /** Whether all sources still run; a file that is sent once comes to an end. */
  public boolean isRunning() {
    return studio.isRunning();
  }

  /** Ends everything and waits for the encoders to be freed. */
  @Override
  public void close() {
    terminals.forEach(VirtualTerminal::close);
    uplinks.forEach(Uplink::close);
    studio.close();
  }
}
