package io.roadcast.recorder.clip;

import io.roadcast.events.Evidence;
import io.roadcast.events.EvidenceKind;
import io.roadcast.events.EvidenceState;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.action.ActionFailedException;
import io.roadcast.events.action.ClipMaker;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventTables;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.recorder.retrieve.NearRecordings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes wishes for clips, waits until their last second is written, and has them cut. Each wish is
 * in the database before it is answered and has a virtual thread of its own; after a restart what
 * was open goes on.
 */
public final class ClipDesk implements ClipMaker, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClipDesk.class);
  private static final int MOST_WAITING = 2_000;
  private static final long LOOK_NANOS = 50_000_000;
  private static final int FEW = 50;

  /** Fragments are written within a second; who has not reached the end by then will not. */
  private static final Duration PATIENCE = Duration.ofMillis(2_000);

  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final NearRecordings recordings;
  private final EventEvidence evidence;
  private final EventTables events;
  private final InstantSource clock;
  private final ClipCutter cutter;
  private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param directory clips come into its {@code clips}
   */
  public ClipDesk(
      NearRecordings recordings,
      EventEvidence evidence,
      EventTables events,
      Path directory,
      ClipPicture pictures,
      InstantSource clock) {
    this.recordings = recordings;
    this.evidence = evidence;
    this.events = events;
    this.clock = clock;
    this.cutter = new ClipCutter(recordings, evidence, new ClipFiles(directory), pictures, clock);
  }

  /** Goes on with wishes that a former run left open. Blocks; when the database is there. */
  public void resume() {
    for (Evidence open :
        evidence.unfinished(EvidenceKind.CLIP, EvidenceState.REQUESTED, MOST_WAITING)) {
      events.find(open.event()).ifPresent(event -> follow(event, open));
    }
  }

  @Override
  public void cut(SafetyEvent event, Set<Integer> channels, Instant from, Instant to)
      throws ActionFailedException {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw ActionFailedException.never("CLIP_RANGE");
    }
    if (waiting.size() >= MOST_WAITING) {
      throw ActionFailedException.later("TOO_MANY_CLIPS");
    }
    if (channels.isEmpty() && hasClips(event)) {
      return;
    }
    Set<Integer> wanted = channels.isEmpty() ? live(event, from, to) : channels;
    if (wanted.isEmpty()) {
      // Perhaps somebody begins to look before its end.
      wish(event, event.channel(), from, to);
      return;
    }
    for (int channel : wanted) {
      wish(event, channel, from, to);
    }
  }

  private boolean hasClips(SafetyEvent event) {
    return evidence.of(event.id()).stream().anyMatch(each -> each.kind() == EvidenceKind.CLIP);
  }

  /** Channels of the terminal of which there are pictures. */
  private Set<Integer> live(SafetyEvent event, Instant from, Instant to) {
    Set<Integer> channels = new TreeSet<>();
    for (String stream : recordings.streams(event.terminal(), from, to)) {
      channels.add(Integer.parseInt(stream.substring(event.terminal().length() + 1)));
    }
    return channels;
  }

  private void wish(SafetyEvent event, @Nullable Integer channel, Instant from, Instant to) {
    UUID id = id(event, channel);
    if (waiting.contains(id) || evidence.find(id).isPresent()) {
      return;
    }
    String name = channel == null ? "clip.mp4" : "clip-" + channel + ".mp4";
    Evidence wished =
        Evidence.wished(id, event.id(), EvidenceKind.CLIP, name, channel, now())
            .of(from.truncatedTo(ChronoUnit.MICROS), to.truncatedTo(ChronoUnit.MICROS));
    evidence.put(wished);
    follow(event, wished);
  }

  private static UUID id(SafetyEvent event, @Nullable Integer channel) {
    String name = event.id() + "/clip/" + (channel == null ? "any" : channel);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private void follow(SafetyEvent event, Evidence wish) {
    if (waiting.add(wish.id())) {
      Thread.ofVirtual().name("clip-" + wish.id()).start(() -> run(event, wish));
    }
  }

  private void run(SafetyEvent event, Evidence wish) {
    try {
      awaitEnd(event, wish);
      if (closed) {
        return;
      }
      Optional<Evidence> done = cutter.cut(event, channelled(event, wish));
      done.ifPresent(clip -> cutter.describe(event, clip));
    } catch (DatabaseUnavailableException away) {
      LOG.warn("[clips] {} of {} goes on at the next start", wish.name(), event.id());
    } catch (RuntimeException mistake) {
      LOG.error("[clips] {} of {} failed", wish.name(), event.id(), mistake);
    } finally {
      waiting.remove(wish.id());
    }
  }

  /** A wish for whatever was live is one for the first channel that was. */
  private Evidence channelled(SafetyEvent event, Evidence wish) {
    Instant from = ClipCutter.required(wish.from());
    Instant to = ClipCutter.required(wish.to());
    if (wish.channel() != null) {
      return wish;
    }
    List<Integer> live = new ArrayList<>(live(event, from, to));
    if (live.isEmpty()) {
      return wish;
    }
    for (int channel : new HashSet<>(live.subList(1, live.size()))) {
      wish(event, channel, from, to);
    }
    return new Evidence(
        wish.id(),
        wish.event(),
        wish.kind(),
        wish.state(),
        "clip-" + live.getFirst() + ".mp4",
        live.getFirst(),
        null,
        null,
        null,
        null,
        from,
        to,
        null,
        wish.createdAt());
  }

  private void awaitEnd(SafetyEvent event, Evidence wish) {
    Instant end = ClipCutter.required(wish.to());
    Integer channel = wish.channel();
    while (!closed && clock.instant().isBefore(end)) {
      long left = Duration.between(clock.instant(), end).toNanos();
      LockSupport.parkNanos(Math.clamp(left, 1, 1_000_000_000));
    }
    Instant latest = end.plus(PATIENCE);
    while (!closed && clock.instant().isBefore(latest) && !written(event, channel, end)) {
      // Many that end together look less often.
      LockSupport.parkNanos(LOOK_NANOS * (1 + waiting.size() / FEW));
    }
  }

  private boolean written(SafetyEvent event, @Nullable Integer channel, Instant end) {
    String stream = event.terminal() + "-" + channel;
    return channel != null
        && (recordings.reaches(stream, "main", end) || recordings.reaches(stream, "sub", end));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  public ClipStatistics statistics() {
    return cutter.statistics(waiting.size());
  }

  /** What waits goes on at the next start. */
  @Override
  public void close() {
    closed = true;
  }
}
