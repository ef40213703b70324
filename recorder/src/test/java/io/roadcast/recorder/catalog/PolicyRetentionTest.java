package io.roadcast.recorder.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.recorder.catalog.RecordingQuery.Place;
import io.roadcast.recorder.policy.KeepLimits;
import io.roadcast.recorder.policy.PolicyMode;
import io.roadcast.recorder.policy.PolicyScope;
import io.roadcast.recorder.policy.PolicyTable;
import io.roadcast.recorder.policy.RecordingPolicy;
import io.roadcast.recorder.record.DiskGuard;
import io.roadcast.recorder.record.Ring;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.store.LocalStore;
import io.roadcast.recorder.store.Seals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long and how much each policy keeps, whatever all others keep. */
@Timeout(120)
class PolicyRetentionTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Duration USUAL = Duration.ofDays(1);
  private static final long BYTES = 100;

  @TempDir private Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final UUID organization = UUID.randomUUID();
  private SegmentPlaces places;
  private PolicyTable policies;
  private RecordingCatalog catalog;
  private Retention retention;

  @BeforeEach
  void start() {
    places = new SegmentPlaces(directory);
    policies = new PolicyTable(database.database());
    catalog = new RecordingCatalog(database.database());
    Ring ring =
        new Ring(places, Duration.ofMinutes(10), segment -> true, segment -> {}, Seals.none());
    retention =
        new Retention(
            database.database(),
            new LocalStore(places, Seals.none()),
            ring,
            new RetentionConfig(USUAL, 1L << 40),
            new DiskGuard(() -> Long.MAX_VALUE, 0));
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private String policy(String stream, @Nullable Duration age, @Nullable Long bytes) {
    RecordingPolicy policy =
        new RecordingPolicy(
            PolicyScope.CHANNEL,
            stream,
            organization,
            PolicyMode.LIVE,
            null,
            new KeepLimits(age, bytes));
    policies.put(policy);
    return policy.name();
  }

  /** A segment that ended so long ago, with its file. */
  private Segment kept(@Nullable String policy, Duration ago) throws Exception {
    return keep(new Keeping(policy, false), ago);
  }

  private Segment keep(Keeping keeping, Duration ago) throws Exception {
    UUID id = UUID.randomUUID();
    Instant to = NOW.minus(ago);
    Instant from = to.minusSeconds(60);
    Segment segment =
        new Segment(
            id,
            "139-1",
            "main",
            Owner.nobody(),
            from,
            to,
            "h264",
            160,
            120,
            null,
            0,
            1500,
            BYTES,
            List.of(),
            places.keptPlace("139-1", "main", from, id, SegmentForm.PLAIN),
            "00".repeat(32),
            SegmentState.COMPLETE,
            keeping);
    Path file = places.file(segment.place());
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[(int) BYTES]);
    catalog.put(List.of(segment));
    return segment;
  }

  private List<UUID> left() {
    RecordingQuery all =
        new RecordingQuery("139-1", "main", null, Instant.EPOCH, NOW.plusSeconds(60));
    return catalog.list(all, Place.FIRST, 100).stream().map(Segment::id).toList();
  }

  @Test
  void aPolicyKeepsForAsLongAsItSays() throws Exception {
    String brief = policy("139-1", Duration.ofHours(1), null);
    String lasting = policy("139-2", Duration.ofDays(7), null);
    String silent = policy("139-3", null, null);
    Segment gone = kept(brief, Duration.ofHours(2));
    Segment heldOne = keep(new Keeping(brief, true), Duration.ofHours(3));
    List<UUID> staying =
        List.of(
            kept(brief, Duration.ofMinutes(30)).id(),
            kept(lasting, Duration.ofDays(6)).id(),
            kept(silent, Duration.ofHours(2)).id(),
            kept(null, Duration.ofHours(2)).id(),
            heldOne.id());
    List<UUID> old =
        List.of(
            kept(lasting, Duration.ofDays(8)).id(),
            kept(silent, Duration.ofDays(2)).id(),
            kept(null, Duration.ofDays(2)).id(),
            // Its policy is there no more.
            kept("channel/139-9", Duration.ofDays(2)).id());
    retention.sweep(NOW);
    assertThat(left())
        .containsExactlyInAnyOrderElementsOf(staying)
        .doesNotContainAnyElementsOf(old);
    assertThat(places.file(gone.place())).doesNotExist();
    assertThat(places.file(heldOne.place())).exists();
    // Whoever changes the policy changes what becomes of what it has kept.
    policy("139-2", Duration.ofHours(1), null);
    retention.sweep(NOW);
    assertThat(left()).hasSize(staying.size() - 1).doesNotContain(staying.get(1));
  }

  @Test
  void aPolicyKeepsAsMuchAsItSays() throws Exception {
    String small = policy("139-1", null, 3 * BYTES);
    String other = policy("139-2", null, null);
    Segment first = keep(new Keeping(small, true), Duration.ofMinutes(50));
    Segment second = kept(small, Duration.ofMinutes(40));
    List<UUID> newest =
        List.of(
            kept(small, Duration.ofMinutes(30)).id(),
            kept(small, Duration.ofMinutes(20)).id(),
            kept(small, Duration.ofMinutes(10)).id());
    List<UUID> others =
        List.of(kept(other, Duration.ofMinutes(60)).id(), kept(null, Duration.ofMinutes(60)).id());
    retention.sweep(NOW);
    // The one that is held stays and counts, so the oldest of the others go.
    assertThat(left())
        .contains(first.id(), newest.get(1), newest.get(2))
        .containsAll(others)
        .doesNotContain(second.id(), newest.get(0))
        .hasSize(5);
    assertThat(retention.deleted()).isEqualTo(2);
    policy("139-1", null, 0L);
    retention.sweep(NOW);
    assertThat(left()).hasSize(3).contains(first.id()).containsAll(others);
  }
}
