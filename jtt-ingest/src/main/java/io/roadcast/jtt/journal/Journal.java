package io.roadcast.jtt.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only journal on disk. Whoever has something to keep appends it and is told when it is
 * durable; all that comes while one group is being written forms the next one, so that one fsync
 * serves many. Opened once per directory; all methods may be called on any thread and do not wait
 * for the disk, except for {@link #open} and {@link #close}.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** Is told what became of a record, on the journal's thread or, if refused, the caller's. */
  @FunctionalInterface
  public interface Done {
    void done(Outcome outcome);
  }

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  private final JournalConfig config;
  private final InstantSource clock;
  private final FileChannel lock;
  private final UUID id;
  private final SegmentLog log;
  private final GroupWriter writer;
  private final Map<Outcome, LongAdder> refused = new EnumMap<>(Outcome.class);
  private final LongAdder skipped = new LongAdder();
  private final Map<String, Long> followers = new HashMap<>();
  private volatile long followed = Long.MAX_VALUE;
  private volatile @Nullable String full;

  /** As {@link #open(JournalConfig, InstantSource, Consumer)}, with nobody who wants the newest. */
  public static Journal open(JournalConfig config) throws IOException {
    return open(config, InstantSource.system(), ignored -> {});
  }

  /**
   * Opens or makes a journal, and cuts what a crash left half written.
   *
   * @param recovered takes the newest records that are there, oldest first
   * @throws IOException if the directory can not be used, or another process uses it
   */
  public static Journal open(
      JournalConfig config, InstantSource clock, Consumer<JournalRecord> recovered)
      throws IOException {
    Files.createDirectories(config.directory());
    FileChannel lock = lock(config);
    try {
      return new Journal(config, clock, lock, recovered);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static FileChannel lock(JournalConfig config) throws IOException {
    FileChannel channel =
        FileChannel.open(
            config.directory().resolve("journal.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("the journal in " + config.directory() + " is open already", e);
    }
    channel.close();
    throw new IOException("another process uses the journal in " + config.directory());
  }

  private Journal(
      JournalConfig config,
      InstantSource clock,
      FileChannel lock,
      Consumer<JournalRecord> recovered)
      throws IOException {
    this.config = config;
    this.clock = clock;
    this.lock = lock;
    this.id = Directories.identity(config.directory());
    this.log = new SegmentLog(config.directory(), config.segmentBytes(), clock);
    for (Outcome outcome : Outcome.values()) {
      refused.put(outcome, new LongAdder());
    }
    log.recover(recovered);
    this.writer =
        new GroupWriter(log, config.groupInterval(), config.maxQueuedBytes(), this::lookAtFullness);
    writer.start();
  }

  /** Tells journals of the same place, one after another, apart. */
  public UUID id() {
    return id;
  }

  /**
   * Takes a record.
   *
   * @param done is told once
   */
  public void append(JournalRecord value, Done done) {
    Outcome refusal = full == null ? null : Outcome.FULL;
    if (refusal == null) {
      refusal = writer.offer(value, told(done));
    }
    if (refusal != null) {
      count(refusal);
      done.done(refusal);
    }
  }

  /** Tells when everything that was appended before is durable, without a record of its own. */
  public void afterPending(Done done) {
    Outcome refusal = writer.offer(null, done);
    if (refusal != null) {
      done.done(refusal);
    }
  }

  private Done told(Done done) {
    return outcome -> {
      if (outcome != Outcome.DURABLE) {
        count(outcome);
      }
      done.done(outcome);
    };
  }

  private void count(Outcome outcome) {
    LongAdder adder = refused.get(outcome);
    if (adder != null) {
      adder.increment();
    }
  }

  private void lookAtFullness() {
    String now = fullness().orElse(null);
    String before = full;
    full = now;
    if (before == null && now != null) {
      LOG.error("[journal] positions are not acknowledged: {}", now);
    } else if (before != null && now == null) {
      LOG.info("[journal] has room again");
    }
  }

  private Optional<String> fullness() {
    if (log.bytes() >= config.maxBytes()) {
      return Optional.of("the journal has reached its " + config.maxBytes() + " bytes");
    }
    Instant oldest = log.begunAt(followed);
    if (oldest != null && oldest.plus(config.maxAge()).isBefore(clock.instant())) {
      return Optional.of("the journal was not followed since " + oldest);
    }
    return Optional.empty();
  }

  /** Why positions are not acknowledged at this moment, in words for the operator. */
  public Optional<String> problem() {
    return writer.problem().or(() -> Optional.ofNullable(full));
  }

  /** Everything before this position is safe on disk. */
  public long durable() {
    return log.durable();
  }

  /**
   * Reads from a position on, or from the oldest record if that is gone.
   *
   * @param from as told by a reader of this journal before; 0 for the oldest
   */
  public JournalReader reader(long from) {
    return new JournalReader(log, from, skipped);
  }

  /** Somebody will follow: until it has said how far it is, everything is kept. */
  public void expect(String follower) {
    synchronized (followers) {
      followers.putIfAbsent(follower, Long.MIN_VALUE);
    }
  }

  /** A follower no longer needs what is before this position. */
  public void followed(String follower, long position) throws IOException {
    synchronized (followers) {
      followers.put(follower, position);
      long slowest = Collections.min(followers.values());
      if (slowest == Long.MIN_VALUE) {
        return;
      }
      followed = slowest;
    }
    log.deleteBefore(followed);
    lookAtFullness();
  }

  /** Wakes a waiting {@link #awaitBeyond} whenever a group is durable. */
  public boolean awaitBeyond(long position, Duration patience) throws InterruptedException {
    return writer.awaitBeyond(position, patience);
  }

  public JournalStatistics statistics() {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    refused.forEach((outcome, adder) -> counts.put(outcome, adder.sum()));
    counts.remove(Outcome.DURABLE);
    long from = Math.max(log.start(), followed == Long.MAX_VALUE ? 0 : followed);
    return new JournalStatistics(
        writer.records(),
        writer.groups(),
        counts,
        log.cutBytes(),
        skipped.sum(),
        log.bytes(),
        Math.max(0, log.durable() - from),
        writer.slowestNanos());
  }

  /** Segments on disk, oldest first. */
  List<Segment> segments() throws IOException {
    return Segment.list(config.directory());
  }

  /** Writes what was taken, then closes; records that come later are refused. */
  @Override
  public void close() {
    writer.stop(CLOSE_PATIENCE);
    try {
      log.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
