package io.roadcast.recorder.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.fleet.store.Sighting;
import io.roadcast.recorder.TestCamera;
import io.roadcast.recorder.TestRecorder;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamLease;
import io.roadcast.sfu.router.StreamSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RecordingControlTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final StreamId OTHER = StreamId.parse("13912345678-2", Quality.MAIN);

  @TempDir private Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final Set<StreamId> demanded = ConcurrentHashMap.newKeySet();
  private final StreamSource cameras = this::demand;

  private StreamLease demand(StreamId id, LeaseHolder holder) {
    assertThat(holder).isEqualTo(LeaseHolder.RECORDING);
    demanded.add(id);
    return new StreamLease() {
      @Override
      public StreamId stream() {
        return id;
      }

      @Override
      public CompletionStage<Stream> live() {
        return new CompletableFuture<>();
      }

      @Override
      public void close() {
        demanded.remove(id);
      }
    };
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void theMostSpecificPolicyCounts() {
    UUID organization = UUID.randomUUID();
    UUID vehicle = UUID.randomUUID();
    UUID group = UUID.randomUUID();
    UUID parent = UUID.randomUUID();
    Owner owner = new Owner(organization, UUID.randomUUID(), vehicle);
    PolicyTable table = new PolicyTable(database.database());
    table.put(policy(PolicyScope.ORGANIZATION, organization, organization, PolicyMode.LIVE));
    table.put(policy(PolicyScope.GROUP, parent, organization, PolicyMode.EVENT));
    PolicyBook book = PolicyBook.of(table.all(), Map.of(vehicle, group), Map.of(group, parent));
    assertThat(book.policyOf("1-1", owner).orElseThrow().mode()).isEqualTo(PolicyMode.EVENT);
    table.put(policy(PolicyScope.VEHICLE, vehicle, organization, PolicyMode.NEVER));
    table.put(policy(PolicyScope.CHANNEL, "1-1", organization, PolicyMode.ALWAYS));
    table.put(policy(PolicyScope.CHANNEL, "1-2", UUID.randomUUID(), PolicyMode.ALWAYS));
    book = PolicyBook.of(table.all(), Map.of(vehicle, group), Map.of(group, parent));
    assertThat(book.policyOf("1-1", owner).orElseThrow().mode()).isEqualTo(PolicyMode.ALWAYS);
    // That of another organization says nothing here.
    assertThat(book.policyOf("1-2", owner).orElseThrow().mode()).isEqualTo(PolicyMode.NEVER);
    assertThat(book.policyOf("1-1", Owner.nobody())).isEmpty();
    assertThat(table.remove(PolicyScope.CHANNEL, "1-1")).isTrue();
    assertThat(table.remove(PolicyScope.CHANNEL, "1-1")).isFalse();
  }

  @Test
  void camerasThatAreRecordedAlwaysAreKeptOn() throws Exception {
    try (FleetRecords fleet = FleetRecords.open(database.database())) {
      await().atMost(SOON).until(() -> fleet.identities().loaded());
      Sighting sighting =
          Sighting.ofPhone(
              HexFormat.of().parseHex("013912345678"), "127.0.0.1", TerminalFacts.none());
      UUID terminal =
          Objects.requireNonNull(
              fleet.enrolment().enrol(List.of(sighting)).get(TestRecorder.STREAM.terminal()));
      fleet.channels().put(terminal, 1, null, "Front");
      UUID organization = fleet.identities().find(terminal).orElseThrow().organization();
      PolicyTable table = new PolicyTable(database.database());
      table.put(policy(PolicyScope.ORGANIZATION, organization, organization, PolicyMode.ALWAYS));
      RecordingControl control =
          new RecordingControl(table, PolicyMode.LIVE, InstantSource.system());
      try (TestRecorder recorder = new TestRecorder(directory, control, segment -> {})) {
        control.start(recorder.recorder.ring(), cameras);
        await().atMost(SOON).until(() -> demanded.contains(TestRecorder.STREAM));
        table.remove(PolicyScope.ORGANIZATION, organization.toString());
        control.changed();
        await().atMost(SOON).until(demanded::isEmpty);
      } finally {
        control.close();
      }
    }
  }

  @Test
  void whatIsStartedIsKeptWithTheTimeBefore() throws Exception {
    Map<UUID, Segment> kept = new ConcurrentHashMap<>();
    RecordingControl control =
        new RecordingControl(
            new PolicyTable(database.database()), PolicyMode.NEVER, InstantSource.system());
    try (TestRecorder recorder =
        new TestRecorder(directory, control, segment -> kept.put(segment.id(), segment))) {
      control.start(recorder.recorder.ring(), cameras);
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240)) {
        for (int i = 0; i < 4; i++) {
          camera.second();
        }
        await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() == 99);
        assertThat(kept).isEmpty();
        control.start(TestRecorder.STREAM, Duration.ofSeconds(60), Duration.ofSeconds(60));
        assertThat(kept).hasSizeGreaterThan(1);
        await().atMost(SOON).until(() -> demanded.contains(TestRecorder.STREAM));
        assertThat(control.startedUntil(TestRecorder.STREAM)).isPresent();
        control.stop(TestRecorder.STREAM);
        await().atMost(SOON).until(demanded::isEmpty);
        int before = kept.size();
        for (int i = 0; i < 4; i++) {
          camera.second();
        }
        await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() == 199);
        assertThat(kept).hasSize(before);
      }
    } finally {
      control.close();
    }
  }

  @Test
  void whatWasStartedGoesOnAfterARestart() throws Exception {
    PolicyTable table = new PolicyTable(database.database());
    Instant until;
    RecordingControl before = new RecordingControl(table, PolicyMode.NEVER, InstantSource.system());
    try (TestRecorder recorder = new TestRecorder(directory, before, segment -> {})) {
      before.start(recorder.recorder.ring(), cameras);
      until = before.start(TestRecorder.STREAM, Duration.ZERO, Duration.ofMinutes(10));
      before.start(OTHER, Duration.ZERO, Duration.ofMinutes(10));
      await().atMost(SOON).until(() -> table.started(Instant.now()).size() == 2);
      before.stop(OTHER);
      await().atMost(SOON).until(() -> table.started(Instant.now()).size() == 1);
    } finally {
      before.close();
    }
    assertThat(demanded).as("given back").isEmpty();

    Map<UUID, Segment> kept = new ConcurrentHashMap<>();
    RecordingControl after = new RecordingControl(table, PolicyMode.NEVER, InstantSource.system());
    try (TestRecorder recorder =
        new TestRecorder(directory, after, segment -> kept.put(segment.id(), segment))) {
      after.start(recorder.recorder.ring(), cameras);
      await().atMost(SOON).until(() -> demanded.contains(TestRecorder.STREAM));
      assertThat(after.startedUntil(TestRecorder.STREAM).orElseThrow())
          .isBetween(until.minusMillis(1), until.plusMillis(1));
      assertThat(after.startedUntil(OTHER)).isEmpty();
      assertThat(demanded).containsExactly(TestRecorder.STREAM);
      try (TestCamera camera = new TestCamera(recorder.router, TestRecorder.STREAM, 320, 240);
          TestCamera other = new TestCamera(recorder.router, OTHER, 320, 240)) {
        for (int i = 0; i < 4; i++) {
          camera.second();
          other.second();
        }
        await().atMost(SOON).until(() -> recorder.recorder.statistics().frames() == 198);
        await().atMost(SOON).until(() -> !kept.isEmpty());
        assertThat(kept.values())
            .allMatch(segment -> segment.stream().equals(TestRecorder.STREAM.name()));
      }
    } finally {
      after.close();
    }
  }

  private static RecordingPolicy policy(
      PolicyScope scope, Object subject, UUID organization, PolicyMode mode) {
    return new RecordingPolicy(
        scope, subject.toString(), organization, mode, null, KeepLimits.USUAL);
  }
}
