package io.roadcast.simulator;

import io.roadcast.media.audio.SoundCoding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes all pictures and sounds of a simulation, each once for everybody who sends it: a thread per
 * scene and encoding, one for the sound, one for a file. What nobody sends is not drawn. Its
 * methods may be called by any thread.
 */
final class Studio implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Source source;
  private final @Nullable CaptureFile file;
  private final StreamTime time = StreamTime.startingNow();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Map<StreamChoice, Outlet>> scenes = new ArrayList<>();
  private final Outlet sound = new Outlet();
  private boolean started;
  private boolean closed;

  private Studio(Source source, @Nullable CaptureFile file) {
    this.source = source;
    this.file = file;
    int count = source instanceof Source.Drawn drawn ? drawn.scenes() : 1;
    for (int scene = 0; scene < count; scene++) {
      scenes.add(new EnumMap<>(StreamChoice.class));
    }
  }

  /**
   * @throws IOException if the file to replay cannot be read
   */
  static Studio of(Source source) throws IOException {
    return new Studio(
        source,
        source instanceof Source.Replayed replayed ? CaptureFile.read(replayed.file()) : null);
  }

  /** Whether the file that is replayed has channels of its own. */
  boolean hasSeveralChannels() {
    return file != null
        && file.packets().stream().mapToInt(CapturedPacket::channel).distinct().count() > 1;
  }

  StreamTime time() {
    return time;
  }

  /** Starts what is wanted so far; from now on, what is wanted starts at once. */
  synchronized void start() {
    started = true;
    threads.forEach(Thread::start);
    SoundCoding coding = source instanceof Source.Drawn drawn ? drawn.sound().coding() : null;
    if (coding != null && source instanceof Source.Drawn drawn) {
      run("sound", new Microphone(coding, drawn.sound(), time, sound));
    }
  }

  /** The pictures of a scene; those of a file with their sound. */
  synchronized Outlet pictures(int scene, StreamChoice choice) {
    Map<StreamChoice, Outlet> encodings = scenes.get(scene % scenes.size());
    Outlet known = encodings.get(file == null ? choice : StreamChoice.MAIN);
    if (known != null) {
      return known;
    }
    Outlet outlet = new Outlet();
    switch (source) {
      case Source.Drawn drawn -> {
        encodings.put(choice, outlet);
        Source.Drawn shown = choice == StreamChoice.MAIN ? drawn : drawn.sub();
        int number = scene % scenes.size();
        run("scene-" + number + "-" + choice, new SceneCamera(shown, number, time, outlet));
      }
      case Source.Replayed replayed -> {
        encodings.put(StreamChoice.MAIN, outlet);
        if (file != null) {
          run("file", new FilePlayer(file, replayed, time, outlet));
        }
      }
    }
    return outlet;
  }

  /** The sound that goes with drawn pictures; nothing comes out where there is none. */
  Outlet sound() {
    return sound;
  }

  private void run(String name, Runnable maker) {
    if (closed) {
      return;
    }
    Thread thread = Thread.ofPlatform().name("simulator-" + name).daemon().unstarted(maker);
    threads.add(thread);
    if (started) {
      thread.start();
    }
  }

  /** Whether all sources still run; a file that is sent once comes to an end. */
  synchronized boolean isRunning() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  /** Ends everything and waits for the encoders to be freed. */
  @Override
  public void close() {
    List<Thread> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(threads);
    }
    ending.forEach(Thread::interrupt);
    try {
      for (Thread thread : ending) {
        thread.join(PATIENCE);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
