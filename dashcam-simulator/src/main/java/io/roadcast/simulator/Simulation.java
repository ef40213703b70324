package io.roadcast.simulator;

import io.roadcast.jtt.jt1078.TerminalId;
import io.roadcast.media.Codec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running fleet of simulated terminals. Pictures and sound are made once, on a thread per scene
 * and one for the sound, and sent by a virtual thread per connection. Its methods may be called by
 * any thread.
 */
public final class Simulation implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SimulationOptions options;
  private final UplinkCounters counters = new UplinkCounters();
  private final List<Uplink> uplinks = new ArrayList<>();
  private final List<Outlet.Place> places = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private Simulation(SimulationOptions options, @Nullable CaptureFile file) {
    this.options = options;
    for (int index = 0; index < options.terminals(); index++) {
      addTerminal(options.terminal(index), file);
    }
  }

  /**
   * Starts all terminals; returns when each of them tried to connect once.
   *
   * @throws IOException if the file to replay cannot be read
   */
  public static Simulation start(SimulationOptions options) throws IOException {
    CaptureFile file =
        options.source() instanceof Source.Replayed replayed
            ? CaptureFile.read(replayed.file())
            : null;
    Simulation simulation = new Simulation(options, file);
    simulation.startThreads(file);
    return simulation;
  }

  private void addTerminal(String digits, @Nullable CaptureFile file) {
    TerminalId id = TerminalId.ofDigits(digits, options.idWidth());
    Source.Ids ids =
        options.source() instanceof Source.Replayed replayed
            ? replayed.ids()
            : Source.Ids.OF_TERMINAL;
    boolean severalChannels =
        file != null
            && file.packets().stream().mapToInt(CapturedPacket::channel).distinct().count() > 1;
    Uplink.WriterFactory writers =
        (path, random) ->
            new PacketWriter(
                path,
                options.transport(),
                id,
                ids,
                severalChannels,
                options.impairment(),
                random,
                counters);
    Uplink shared = null;
    for (int channel = 1; channel <= options.channels(); channel++) {
      if (shared == null
          || options.connections() == SimulationOptions.Connections.ONE_PER_CHANNEL) {
        shared = new Uplink(options, digits, counters, writers);
        uplinks.add(shared);
      }
      places.add(new Outlet.Place(shared, channel));
    }
  }

  private void startThreads(@Nullable CaptureFile file) {
    uplinks.forEach(Uplink::start);
    awaitFirstAttempts();
    StreamTime time = StreamTime.startingNow();
    switch (options.source()) {
      case Source.Drawn drawn -> {
        for (int scene = 0; scene < drawn.scenes(); scene++) {
          run("scene-" + scene, new SceneCamera(drawn, scene, time, outletOf(scene, drawn)));
        }
        Codec codec = drawn.sound().codec();
        if (codec != null) {
          int blockMillis = drawn.sound().blockMillis();
          run("sound", new Microphone(codec, blockMillis, time, new Outlet(places)));
        }
      }
      case Source.Replayed replayed -> {
        if (file != null) {
          run("file", new FilePlayer(file, replayed, time, new Outlet(places)));
        }
      }
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

  private Outlet outletOf(int scene, Source.Drawn drawn) {
    List<Outlet.Place> shown = new ArrayList<>();
    for (int index = scene; index < places.size(); index += drawn.scenes()) {
      shown.add(places.get(index));
    }
    return new Outlet(shown);
  }

  private void run(String name, Runnable source) {
    Thread thread = Thread.ofPlatform().name("simulator-" + name).daemon().unstarted(source);
    threads.add(thread);
    thread.start();
  }

  /** What was sent so far. */
  public SimulationCounters counters() {
    return counters.snapshot();
  }

  /** Ends all connections of a terminal; it stays away until {@link #reconnect}. */
  public void disconnect(String terminal) {
    uplinks.stream()
        .filter(uplink -> uplink.terminal().equals(terminal))
        .forEach(Uplink::disconnect);
  }

  /** Lets a terminal connect again; it sends from the next keyframe on. */
  public void reconnect(String terminal) {
    uplinks.stream()
        .filter(uplink -> uplink.terminal().equals(terminal))
        .forEach(Uplink::reconnect);
  }

  /** Whether all sources still run; a file that is sent once comes to an end. */
  public boolean isRunning() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  /** Ends everything and waits for the encoders to be freed. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    uplinks.forEach(Uplink::close);
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
