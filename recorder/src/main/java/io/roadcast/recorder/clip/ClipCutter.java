package io.roadcast.recorder.clip;

import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.recorder.clip.ClipFiles.Written;
import io.roadcast.recorder.retrieve.FormatChangeException;
import io.roadcast.recorder.retrieve.NearRecordings;
import io.roadcast.recorder.retrieve.NearRecordings.Cut;
import io.roadcast.recorder.retrieve.NothingRecordedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes clips, their pictures and manifests. Its methods block; any thread. */
final class ClipCutter {
  private static final Logger LOG = LoggerFactory.getLogger(ClipCutter.class);
  private static final int AT_ONCE = 4;

  /** Less than this may be missing of a clip that counts as complete. */
  private static final Duration TOLERANCE = Duration.ofMillis(500);

  private final NearRecordings recordings;
  private final EventEvidence evidence;
  private final ClipFiles files;
  private final ClipPicture pictures;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ReentrantLock manifests = new ReentrantLock();
  private final LongAdder complete = new LongAdder();
  private final LongAdder partial = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder drawn = new LongAdder();
  private volatile long lastLagMillis;

  ClipCutter(
      NearRecordings recordings,
      EventEvidence evidence,
      ClipFiles files,
      ClipPicture pictures,
      InstantSource clock) {
    this.recordings = recordings;
    this.evidence = evidence;
    this.files = files;
    this.pictures = pictures;
    this.clock = clock;
  }

  static Instant required(@Nullable Instant time) {
    if (time == null) {
      throw new IllegalArgumentException("a clip of no time");
    }
    return time;
  }

  /** Cuts what was wished for; empty if there is nothing of it. */
  Optional<Evidence> cut(SafetyEvent event, Evidence wish) {
    if (wish.channel() == null) {
      missed(wish);
      return Optional.empty();
    }
    room.acquireUninterruptibly();
    try {
      Evidence clip = write(event, wish);
      evidence.put(clip);
      (clip.state() == EvidenceState.COMPLETE ? complete : partial).increment();
      lastLagMillis = Duration.between(required(wish.to()), clock.instant()).toMillis();
      return Optional.of(clip);
    } catch (NothingRecordedException nothing) {
      missed(wish);
    } catch (IOException | FormatChangeException failure) {
      failed.increment();
      LOG.error("[clips] {} of {} can not be written", wish.name(), event.id(), failure);
      evidence.put(wish.in(EvidenceState.FAILED, "NOT_WRITTEN"));
    } finally {
      room.release();
    }
    return Optional.empty();
  }

  /** It stays as a wish that the terminal's own recording may fulfil. */
  private void missed(Evidence wish) {
    missed.increment();
    evidence.put(wish.in(EvidenceState.AWAITING_DEVICE, "NOTHING_LIVE"));
  }

  private Evidence write(SafetyEvent event, Evidence wish)
      throws IOException, NothingRecordedException, FormatChangeException {
    Instant from = required(wish.from());
    Instant to = required(wish.to());
    String stream = event.terminal() + "-" + wish.channel();
    Cut cut = best(stream, from, to, event.at());
    Written written =
        files.write(event.id(), wish.name(), out -> cut.file().write(out, 0, cut.file().length()));
    Instant begin = cut.from().truncatedTo(ChronoUnit.MICROS);
    Instant end = cut.to().truncatedTo(ChronoUnit.MICROS);
    boolean whole = !begin.isAfter(from.plus(TOLERANCE)) && !end.isBefore(to.minus(TOLERANCE));
    Evidence clip =
        wish.of(begin, end)
            .stored(
                whole ? EvidenceState.COMPLETE : EvidenceState.PARTIAL,
                written.place(),
                "video/mp4",
                written.bytes(),
                written.sha256());
    return whole ? clip : clip.in(EvidenceState.PARTIAL, "NOT_LIVE_ALL_THE_TIME");
  }

  /** The main stream if there is any of it, else the smaller one. */
  private Cut best(String stream, Instant from, Instant to, Instant at)
      throws IOException, NothingRecordedException, FormatChangeException {
    try {
      return steady(stream, "main", from, to, at);
    } catch (NothingRecordedException noMain) {
      return steady(stream, "sub", from, to, at);
    }
  }

  /** Where the pictures change in size, the side that the event is on. */
  private Cut steady(String stream, String quality, Instant from, Instant to, Instant at)
      throws IOException, NothingRecordedException, FormatChangeException {
    try {
      return recordings.cut(stream, quality, from, to);
    } catch (FormatChangeException change) {
      return change.at().isAfter(at)
          ? recordings.cut(stream, quality, from, change.at())
          : recordings.cut(stream, quality, change.at(), to);
    }
  }

  /** A picture of a clip, and the manifest of its event. */
  void describe(SafetyEvent event, Evidence clip) {
    try {
      picture(event, clip);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("[clips] {} of {} has no picture: {}", clip.name(), event.id(), failure.toString());
    }
    try {
      manifest(event);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("[clips] {} has no manifest: {}", event.id(), failure.toString());
    }
  }

  private void picture(SafetyEvent event, Evidence clip) throws IOException {
    String place = clip.place();
    if (place == null) {
      return;
    }
    byte[] jpeg = pictures.of(files.file(place));
    String name = clip.name().replace(".mp4", ".jpg");
    Written written = files.write(event.id(), name, out -> out.write(jpeg));
    evidence.put(
        Evidence.wished(
                derived(clip.id(), "thumbnail"),
                event.id(),
                EvidenceKind.THUMBNAIL,
                name,
                clip.channel(),
                now())
            .stored(
                EvidenceState.COMPLETE,
                written.place(),
                "image/jpeg",
                written.bytes(),
                written.sha256()));
    drawn.increment();
  }

  private void manifest(SafetyEvent event) throws IOException {
    manifests.lock();
    try {
      byte[] json = ClipManifest.of(event, evidence.of(event.id()), now()).json();
      Written written = files.write(event.id(), "manifest.json", out -> out.write(json));
      evidence.put(
          Evidence.wished(
                  derived(event.id(), "manifest"),
                  event.id(),
                  EvidenceKind.MANIFEST,
                  "manifest.json",
                  null,
                  now())
              .stored(
                  EvidenceState.COMPLETE,
                  written.place(),
                  "application/json",
                  written.bytes(),
                  written.sha256()));
    } finally {
      manifests.unlock();
    }
  }

  private static UUID derived(UUID of, String what) {
    return UUID.nameUUIDFromBytes((of + "/" + what).getBytes(StandardCharsets.UTF_8));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  ClipStatistics statistics(int waiting) {
    return new ClipStatistics(
        waiting,
        complete.sum(),
        partial.sum(),
        missed.sum(),
        failed.sum(),
        drawn.sum(),
        lastLagMillis);
  }
}
