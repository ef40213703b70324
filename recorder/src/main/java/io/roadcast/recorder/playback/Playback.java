package io.roadcast.recorder.playback;

import io.roadcast.media.Codec;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.recorder.playback.PlaybackException.Code;
import io.roadcast.recorder.playback.PlaybackOrder.Direction;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamState;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer's way through a recording. Everything happens on its own thread, which reads, waits
 * until a frame is due and publishes it; orders are put from any thread.
 */
final class Playback {
  /** Tells what becomes of it. On its thread; must not block. */
  interface Events {
    void changed(PlaybackStatus status);

    /** It has caught up with the camera. */
    void caughtUp();

    /** What follows can not be shown; it stands still. */
    void failed(String reason);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Playback.class);
  private static final double MOST_PICTURES_SPEED = 4;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long STARVED_NANOS = 40_000_000L;

  /** A frame that is later than this was not there in time: what follows is as much later. */
  private static final long LATE_NANOS = 200_000_000L;

  /** A longer time without pictures is passed over. */
  private static final long GAP_MICROS = 1_000_000L;

  private final StreamId name;
  private final Router router;
  private final Footage footage;
  private final Screen screen;
  private final Events events;
  private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile PlaybackStatus status;
  private volatile Projection projection;

  // The thread's.
  private Reel reel;
  private boolean placed;
  private boolean skipping;
  private PlaybackState state = PlaybackState.PLAYING;
  private double speed = 1;
  private long atMicros;
  private long anchorMicros;
  private long anchorNanos;
  private long toldNanos;
  private @Nullable RecordedFrame pending;
  private @Nullable Code problem;
  private @Nullable Codec shownCodec;

  /** What the thread is to do. */
  private sealed interface Wish {
    CompletableFuture<PlaybackStatus> done();

    record Obey(PlaybackOrder order, CompletableFuture<PlaybackStatus> done) implements Wish {}

    /**
     * To end.
     *
     * @param turn shows the viewer something else; false if it can not
     */
    record Leave(BooleanSupplier turn, CompletableFuture<PlaybackStatus> done) implements Wish {}
  }

  /**
   * Makes one that shows nothing until it is told what. {@link #start} follows.
   *
   * @param at where it begins
   */
  Playback(
      StreamId name, Router router, Footage footage, Screen screen, Events events, Instant at) {
    this.name = name;
    this.router = router;
    this.footage = footage;
    this.screen = screen;
    this.events = events;
    this.reel = new Reel(footage);
    this.projection = Projection.dark(router, name);
    this.atMicros = micros(at);
    this.status = new PlaybackStatus(state, at, speed, null);
    this.thread = Thread.ofVirtual().name("playback-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  PlaybackStatus status() {
    return status;
  }

  /** The stream that it is seen on at present. */
  Stream stream() {
    return projection.stream();
  }

  /** Done, exceptionally with a {@link PlaybackException}, when the order was obeyed. */
  CompletableFuture<PlaybackStatus> order(PlaybackOrder order) {
    return put(new Wish.Obey(order, new CompletableFuture<>()));
  }

  /**
   * Ends it where its viewer is shown something else.
   *
   * @param turn has it shown; false if that can not be
   */
  CompletableFuture<PlaybackStatus> leave(BooleanSupplier turn) {
    return put(new Wish.Leave(turn, new CompletableFuture<>()));
  }

  private CompletableFuture<PlaybackStatus> put(Wish wish) {
    wishes.add(wish);
    if (closed) {
      cancelWishes();
    }
    return wish.done();
  }

  /** Ends it, without waiting; its stream ends too. */
  void close() {
    closed = true;
    thread.interrupt();
  }

  private void cancelWishes() {
    for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
      wish.done()
          .completeExceptionally(new PlaybackException(Code.NOT_PLAYING, "The picture is live."));
    }
  }

  private void run() {
    try {
      while (!closed) {
        Wish wish = wishes.poll(waitNanos(), TimeUnit.NANOSECONDS);
        if (wish instanceof Wish.Obey order) {
          obey(order);
        } else if (wish instanceof Wish.Leave leaving) {
          leave(leaving);
        } else if (state == PlaybackState.PLAYING && screen.connected()) {
          play();
        }
        tellNowAndThen();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      cancelWishes();
      projection.close();
    }
  }

  // ---- orders

  private void leave(Wish.Leave leaving) {
    if (leaving.turn.getAsBoolean()) {
      closed = true;
      leaving.done.complete(PlaybackStatus.live());
    } else {
      leaving.done.completeExceptionally(
          new PlaybackException(
              Code.CODEC_NOT_SUPPORTED, "The camera's pictures are coded otherwise by now."));
    }
  }

  private void obey(Wish.Obey wish) {
    if (wish.order instanceof PlaybackOrder.Seek
        && wishes.peek() instanceof Wish.Obey(PlaybackOrder.Seek newer, var done)) {
      wish.done.complete(status); // while somebody drags, only the latest counts
      return;
    }
    problem = null;
    try {
      switch (wish.order) {
        case PlaybackOrder.Seek(Instant at) -> {
          place(at);
          state = state == PlaybackState.ENDED ? PlaybackState.PLAYING : state;
        }
        case PlaybackOrder.Pause pause -> state = PlaybackState.PAUSED;
        case PlaybackOrder.Resume resume -> resume();
        case PlaybackOrder.Speed(double times) -> {
          anchor(System.nanoTime());
          speed = times;
        }
        case PlaybackOrder.Step(Direction direction) -> step(direction);
        case PlaybackOrder.Live live -> throw new IllegalArgumentException("not a reader's affair");
      }
      tell();
      wish.done.complete(status);
    } catch (PlaybackException | RuntimeException refusal) {
      wish.done.completeExceptionally(refusal);
    }
  }

  private void resume() throws PlaybackException {
    if (!placed) {
      place(instant(atMicros));
    }
    anchor(System.nanoTime());
    state = state == PlaybackState.PAUSED ? PlaybackState.PLAYING : state;
  }

  private void step(Direction direction) throws PlaybackException {
    state = PlaybackState.PAUSED;
    if (!placed) {
      place(instant(atMicros));
      return;
    }
    if (direction == Direction.BACKWARD) {
      place(instant(atMicros - 1));
      return;
    }
    RecordedFrame frame = upcoming(Reel.Pace.ALL);
    while (frame instanceof RecordedFrame.Sound) {
      pending = null;
      frame = upcoming(Reel.Pace.ALL);
    }
    pending = null;
    if (frame instanceof RecordedFrame.Picture picture) {
      show(picture, System.nanoTime());
    }
  }

  /** Shows the picture of that time. */
  private void place(Instant at) throws PlaybackException {
    Reel other = new Reel(footage);
    List<RecordedFrame.Picture> lead;
    try {
      lead = other.seek(at);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
    if (lead.isEmpty()) {
      throw new PlaybackException(
          Code.NOTHING_RECORDED, "Nothing is recorded of that time, nor later.");
    }
    Projection fresh;
    try {
      fresh = Projection.of(router, name, lead, System.nanoTime());
    } catch (MalformedMediaException damaged) {
      throw unreadable(new IOException(damaged.getMessage(), damaged));
    }
    turnTo(fresh, lead.getFirst().codec());
    reel = other;
    pending = null;
    placed = true;
    skipping = false;
    atMicros = lead.getLast().micros();
    anchor(System.nanoTime());
  }

  private void turnTo(Projection fresh, Codec codec) throws PlaybackException {
    if (!screen.show(fresh.stream())) {
      fresh.close();
      throw new PlaybackException(
          Code.CODEC_NOT_SUPPORTED,
          "It is recorded in " + codec + ", which this viewer can not be shown now.");
    }
    Projection before = projection;
    projection = fresh;
    shownCodec = codec;
    before.close();
  }

  private PlaybackException unreadable(IOException failure) {
    if (!closed) {
      LOG.warn("a recording of {} can not be shown: {}", name, failure.toString());
    }
    return new PlaybackException(Code.UNREADABLE, "The recording of that time can not be read.");
  }

  // ---- playing

  private long waitNanos() {
    if (state != PlaybackState.PLAYING) {
      return SECOND_NANOS;
    }
    RecordedFrame next = pending;
    return next == null || !screen.connected()
        ? STARVED_NANOS
        : Math.clamp(dueNanos(next) - System.nanoTime(), 0, SECOND_NANOS);
  }

  /** From now on as fast as is wanted, beginning with the picture that is shown. */
  private void anchor(long nowNanos) {
    anchorMicros = atMicros;
    anchorNanos = nowNanos;
  }

  private long dueNanos(RecordedFrame frame) {
    return anchorNanos + (long) ((frame.micros() - anchorMicros) * 1000 / speed);
  }

  private void play() {
    try {
      goOn();
    } catch (PlaybackException failure) {
      stop(failure.code(), String.valueOf(failure.getMessage()));
    } catch (RuntimeException failure) {
      stop(Code.UNREADABLE, failure.toString()); // such as a database that is away
    }
  }

  private void stop(Code code, String reason) {
    if (closed) {
      return; // reading was interrupted
    }
    state = PlaybackState.ENDED;
    problem = code;
    tell();
    events.failed(reason);
  }

  /** Publishes all that is due. */
  private void goOn() throws PlaybackException {
    while (!closed && wishes.isEmpty()) {
      RecordedFrame frame =
          upcoming(speed > MOST_PICTURES_SPEED ? Reel.Pace.KEYFRAMES : Reel.Pace.ALL);
      if (frame == null) {
        starved();
        return;
      }
      long now = System.nanoTime();
      if (frame instanceof RecordedFrame.Picture
          && (reel.missingMicros(atMicros, frame.micros()) > GAP_MICROS
              || now - dueNanos(frame) > LATE_NANOS)) {
        anchorMicros = frame.micros();
        anchorNanos = now;
      }
      if (dueNanos(frame) > now) {
        return;
      }
      pending = null;
      switch (frame) {
        case RecordedFrame.Picture picture -> show(picture, dueNanos(picture));
        case RecordedFrame.Sound sound -> hear(sound);
      }
    }
  }

  /** The next frame, which stays the next one until {@link #pending} is cleared. */
  private @Nullable RecordedFrame upcoming(Reel.Pace pace) throws PlaybackException {
    if (pace == Reel.Pace.ALL && skipping) {
      place(instant(atMicros)); // what was left out is needed now
    }
    skipping = pace == Reel.Pace.KEYFRAMES;
    if (pending == null) {
      try {
        pending = reel.next(pace);
      } catch (IOException failure) {
        throw unreadable(failure);
      }
    }
    return pending;
  }

  private void show(RecordedFrame.Picture picture, long dueNanos) throws PlaybackException {
    if (picture.codec() != shownCodec) {
      place(instant(picture.micros()));
      return;
    }
    try {
      projection.show(picture, dueNanos);
    } catch (MalformedMediaException damaged) {
      LOG.debug("a recorded picture of {} is left out: {}", name, damaged.getMessage());
    }
    atMicros = picture.micros();
  }

  /** Sound is of use at its own speed only. */
  private void hear(RecordedFrame.Sound sound) {
    if (speed == 1 && projection.hear(sound, dueNanos(sound))) {
      screen.show(projection.stream());
    }
  }

  private void starved() {
    Stream live = router.find(name);
    boolean comes = live != null && live.state() == StreamState.LIVE;
    if (comes && speed > 1) {
      speed = 1;
      events.caughtUp();
    } else if (!comes && !reel.grows()) {
      state = PlaybackState.ENDED;
      tell();
    }
  }

  // ---- telling

  private void tellNowAndThen() {
    if (state == PlaybackState.PLAYING && System.nanoTime() - toldNanos > SECOND_NANOS) {
      tell();
    }
  }

  private void tell() {
    status = new PlaybackStatus(state, instant(atMicros), speed, problem);
    toldNanos = System.nanoTime();
    events.changed(status);
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
