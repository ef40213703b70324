package io.roadcast.jtt.multimedia;

import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.jtt.gateway.ReceivedMedia;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.position.Ownership;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes files to disk, one after the other on a thread of its own. */
final class MediaKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(MediaKeeper.class);

  /** Bytes that may wait to be written; what comes then is not kept, and comes again. */
  private static final long MAX_QUEUED_BYTES = 64L << 20;

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private sealed interface Task {
    record Keep(ReceivedMedia media, CompletableFuture<@Nullable Void> kept) implements Task {}

    record Stop() implements Task {}
  }

  private final MediaFiles files;
  private final MediaFollower follower;
  private final Ownership ownership;
  private final long maxWaitingBytes;
  private final LinkedBlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final LongAdder kept = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Thread thread;
  private volatile @Nullable String problem;
  private volatile boolean stopping;

  MediaKeeper(MediaFiles files, MediaFollower follower, Ownership ownership, long maxWaitingBytes) {
    this.files = files;
    this.follower = follower;
    this.ownership = ownership;
    this.maxWaitingBytes = maxWaitingBytes;
    this.thread = Thread.ofPlatform().name("multimedia-files").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  CompletableFuture<@Nullable Void> keep(ReceivedMedia media) {
    long bytes = media.upload().data().length();
    if (stopping || queuedBytes.get() + bytes > MAX_QUEUED_BYTES) {
      failed.increment();
      return CompletableFuture.failedFuture(new IOException("no more files are taken just now"));
    }
    queuedBytes.addAndGet(bytes);
    CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();
    tasks.add(new Task.Keep(media, outcome));
    return outcome;
  }

  private void run() {
    try {
      while (true) {
        switch (tasks.take()) {
          case Task.Keep(ReceivedMedia media, CompletableFuture<@Nullable Void> outcome) -> {
            queuedBytes.addAndGet(-media.upload().data().length());
            keep(media, outcome);
          }
          case Task.Stop _ -> {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("[multimedia] ended before all files were written");
    }
  }

  private void keep(ReceivedMedia media, CompletableFuture<@Nullable Void> outcome) {
    try {
      byte[] bytes = media.upload().data().toArray();
      MediaRecord value = describe(media, bytes);
      if (!follower.waits(value)) {
        if (follower.waitingBytes() + bytes.length > maxWaitingBytes) {
          throw new IOException("too much waits for the database");
        }
        files.keep(value, bytes);
        kept.increment();
        follower.add(value);
      }
      problem = null;
      outcome.complete(null);
    } catch (IOException | RuntimeException failure) {
      failed.increment();
      if (problem == null) {
        LOG.error("[multimedia] files are not kept, nor acknowledged", failure);
      }
      problem = "files of terminals are not kept: " + failure.getMessage();
      outcome.completeExceptionally(failure);
    }
  }

  private MediaRecord describe(ReceivedMedia media, byte[] bytes) {
    MediaUpload upload = media.upload();
    UUID id = TimeOrderedId.next();
    return new MediaRecord(
        id,
        media.terminal(),
        ownership.of(media.terminal()),
        upload.mediaId(),
        upload.type(),
        upload.format(),
        upload.event(),
        upload.channel(),
        media.at().truncatedTo(ChronoUnit.MICROS),
        media.receivedAt().truncatedTo(ChronoUnit.MICROS),
        upload.location() == null ? null : MediaPosition.of(upload.location()),
        bytes.length,
        sha256(bytes),
        MediaFiles.place(id, MediaFormat.of(upload.format())),
        null);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  long kept() {
    return kept.sum();
  }

  long failed() {
    return failed.sum();
  }

  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Writes what was taken, then ends. */
  void close() {
    stopping = true;
    tasks.add(new Task.Stop());
    try {
      if (thread.isAlive() && !thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
