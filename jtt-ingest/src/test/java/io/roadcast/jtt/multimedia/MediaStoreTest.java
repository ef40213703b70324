package io.roadcast.jtt.multimedia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.gateway.ReceivedMedia;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.PositionTables.Whose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of terminals on disk and in a real PostgreSQL. */
@Timeout(240)
class MediaStoreTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String TERMINAL = "13912345678";
  private static final Instant NOON = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private static final UUID VEHICLE = UUID.randomUUID();
  private static final Ownership.Owner OWNER =
      new Ownership.Owner(UUID.randomUUID(), VEHICLE, UUID.randomUUID());
  private static final MediaLimits LIMITS = new MediaLimits(1 << 20, 10 << 20, 1 << 20);

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final List<MediaRecord> told = new CopyOnWriteArrayList<>();
  private MediaStore store;

  @BeforeEach
  void open() throws Exception {
    open(LIMITS);
  }

  private void open(MediaLimits limits) throws IOException {
    store = MediaStore.open(directory, limits, database.database(), terminal -> OWNER);
    store.onListed(told::add);
  }

  @AfterEach
  void close() {
    store.close();
    database.close();
  }

  @Test
  void aFileIsOnDiskAndInTheTable() throws Exception {
    byte[] bytes = bytes(1, 5000);
    keep(upload(7, bytes));
    MediaRecord row = listed(1).getFirst();
    assertThat(row.terminal()).isEqualTo(TERMINAL);
    assertThat(row.owner()).isEqualTo(OWNER);
    assertThat(row.mediaId()).isEqualTo(7);
    assertThat(row.kind()).isEqualTo(MediaKind.PICTURE);
    assertThat(row.formatName()).isEqualTo(MediaFormat.JPEG);
    assertThat(row.channel()).isEqualTo(2);
    assertThat(row.event()).isEqualTo(1);
    assertThat(row.at()).isEqualTo(NOON.minusSeconds(30));
    assertThat(row.receivedAt()).isEqualTo(NOON);
    assertThat(row.bytes()).isEqualTo(5000);
    assertThat(row.position()).isEqualTo(new MediaPosition(-22.5, 114.05, 12, 60.3, 90, true));
    assertThat(row.place()).endsWith(row.id() + ".jpg");
    assertThat(store.content(row)).hasValueSatisfying(each -> assertThat(each).isEqualTo(bytes));
    assertThat(store.find(row.id())).contains(row);
    await().atMost(SOON).until(() -> told.equals(List.of(row)));
    assertThat(files("notes")).isEmpty();
  }

  @Test
  void whatComesAgainIsThereOnce() throws Exception {
    keep(upload(7, bytes(1, 100)));
    listed(1);
    keep(upload(7, bytes(1, 100)));
    await().atMost(SOON).until(() -> store.statistics().repeated() == 1);
    keep(upload(7, bytes(2, 100))); // the terminal counts from the beginning again
    listed(2);
    await().atMost(SOON).until(() -> files("notes").isEmpty());
    assertThat(files("files")).hasSize(2);
  }

  @Test
  void withoutDatabaseFilesAreKeptAndTheirRowsFollow() throws Exception {
    database.cutOff();
    await().atMost(SOON).until(this::databaseIsAway);
    keep(upload(1, bytes(1, 100)));
    keep(upload(2, bytes(2, 100)));
    keep(upload(2, bytes(2, 100)));
    assertThat(files("files")).hasSize(2);
    assertThat(store.statistics().waiting()).isEqualTo(2);
    database.restore();
    assertThat(listed(2)).extracting(MediaRecord::mediaId).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aRestartBetweenFileAndRowLosesNothing() throws Exception {
    database.cutOff();
    await().atMost(SOON).until(this::databaseIsAway);
    keep(upload(1, bytes(1, 100)));
    store.close();
    database.restore();
    open(LIMITS);
    assertThat(store.content(listed(1).getFirst()).orElseThrow()).isEqualTo(bytes(1, 100));
    await().atMost(SOON).until(() -> files("notes").isEmpty());
  }

  @Test
  void aRestartBetweenRowAndNoteDoublesNothing() throws Exception {
    keep(upload(1, bytes(1, 100)));
    MediaRecord row = listed(1).getFirst();
    store.close();
    Files.writeString(
        directory.resolve("notes").resolve(row.id().toString()), MediaNote.write(row));
    open(LIMITS);
    await().atMost(SOON).until(() -> files("notes").isEmpty());
    assertThat(all()).containsExactly(row);
    assertThat(store.content(row)).isPresent();
  }

  @Test
  void whatACrashLeftHalfDoneIsClearedAway() throws Exception {
    keep(upload(1, bytes(1, 100)));
    MediaRecord row = listed(1).getFirst();
    store.close();
    Path notes = directory.resolve("notes");
    MediaRecord cut = copy(row, UUID.randomUUID(), 100);
    Files.writeString(notes.resolve(cut.id().toString()), MediaNote.write(cut));
    Files.write(directory.resolve(cut.place()).resolveSibling(cut.id() + ".draft"), bytes(1, 50));
    Files.writeString(notes.resolve(UUID.randomUUID() + ".draft"), "id=");
    Files.writeString(notes.resolve("foreign"), "what is this?");
    open(LIMITS);
    assertThat(files("files")).hasSize(1);
    assertThat(files("notes")).containsExactly("foreign");
    assertThat(all()).containsExactly(row);
  }

  @Test
  void theOldestOfATerminalMakeRoom() throws Exception {
    store.close();
    open(new MediaLimits(1000, 10_000, 1 << 20));
    for (int i = 1; i <= 6; i++) {
      keep(upload(i, bytes(i, 300)));
      int count = Math.min(i, 3);
      await().atMost(SOON).until(() -> all().size() == count);
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(all()).extracting(MediaRecord::mediaId).containsExactly(6L, 5L, 4L));
    keep(upload(9, bytes(9, 5000))); // larger than all that a terminal may have
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(all()).extracting(MediaRecord::mediaId).containsExactly(9L));
    assertThat(files("files")).hasSize(1);
    await().atMost(SOON).until(() -> store.statistics().removed() == 6);
  }

  @Test
  void theOldestOfAllMakeRoom() throws Exception {
    store.close();
    open(new MediaLimits(1000, 1000, 1 << 20));
    for (int i = 1; i <= 6; i++) {
      store
          .keep(
              new ReceivedMedia(
                  "1390000000" + i, NOON.plusSeconds(i), NOON, upload(1, bytes(i, 300))))
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS);
    }
    await().atMost(SOON).until(() -> store.statistics().removed() == 3);
    assertThat(store.statistics().bytes()).isEqualTo(900);
    assertThat(files("files")).hasSize(3);
  }

  @Test
  void whenTooMuchWaitsNothingMoreIsKept() throws Exception {
    store.close();
    open(new MediaLimits(1 << 20, 10 << 20, 1000));
    database.cutOff();
    await().atMost(SOON).until(this::databaseIsAway);
    keep(upload(1, bytes(1, 900)));
    assertThatThrownBy(() -> keep(upload(2, bytes(2, 900)))).hasCauseInstanceOf(IOException.class);
    assertThat(store.problem()).isPresent();
    assertThat(files("files")).hasSize(1);
    database.restore();
    await().atMost(SOON).until(() -> store.statistics().waiting() == 0);
    keep(upload(2, bytes(2, 900)));
    assertThat(store.problem()).isEmpty();
  }

  @Test
  void aDiskThatFailsAcknowledgesNothing() throws Exception {
    try (Stream<Path> folders = Files.list(directory.resolve("files"))) {
      for (Path folder : folders.toList()) {
        Files.delete(folder);
      }
    }
    assertThatThrownBy(() -> keep(upload(1, bytes(1, 100)))).hasCauseInstanceOf(IOException.class);
    assertThat(files("notes")).isEmpty();
    assertThat(store.problem()).isPresent();
    assertThat(store.statistics().failed()).isEqualTo(1);
  }

  @Test
  void aFileIsFoundFromItsCommandWhicheverIsKnownFirst() throws Exception {
    UUID early = command(NOON.minusSeconds(5));
    keep(upload(1, bytes(1, 100)));
    assertThat(listed(1).getFirst().command()).isNull();
    tookMedia(early, NOON.minusSeconds(5), 1L);
    assertThat(all().getFirst().command()).isEqualTo(early);

    UUID late = command(NOON.minusSeconds(3));
    tookMedia(late, NOON.minusSeconds(3), 1L, 2L);
    assertThat(all().getFirst().command()).isEqualTo(early);
    keep(upload(2, bytes(2, 100)));
    listed(2);
    assertThat(store.newest(query(late), 10)).extracting(MediaRecord::mediaId).containsExactly(2L);
  }

  @Test
  void listsComeInPages() throws Exception {
    for (int i = 1; i <= 5; i++) {
      keep(upload(i, bytes(i, 10)));
    }
    listed(5);
    List<MediaRecord> first = store.newest(query(null), 2);
    MediaRecord last = first.getLast();
    List<MediaRecord> second = store.olderThan(query(null), last.at(), last.id(), 10);
    assertThat(first).hasSize(2);
    assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
    assertThat(store.newest(of(MediaKind.SOUND), 10)).isEmpty();
    assertThat(store.newest(of(MediaKind.PICTURE), 10)).hasSize(5);
    assertThat(
            store.newest(
                new MediaQuery(
                    new Whose.Vehicle(VEHICLE), Instant.EPOCH, NOON.minusSeconds(30), null, null),
                10))
        .isEmpty();
  }

  @Test
  void removedIsGone() throws Exception {
    keep(upload(1, bytes(1, 100)));
    MediaRecord row = listed(1).getFirst();
    assertThat(store.remove(row)).isTrue();
    assertThat(store.remove(row)).isFalse();
    assertThat(store.find(row.id())).isEmpty();
    assertThat(store.content(row)).isEmpty();
    assertThat(files("files")).isEmpty();
  }

  private void keep(MediaUpload upload) throws Exception {
    store
        .keep(new ReceivedMedia(TERMINAL, NOON, NOON.minusSeconds(30), upload))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static MediaUpload upload(long mediaId, byte[] bytes) {
    Location location =
        new Location(0, 0b110, 22_500_000, 114_050_000, 12, 603, 90, TerminalTime.of(NOON));
    return new MediaUpload(mediaId, 0, 0, 1, 2, location, null, Bytes.of(bytes));
  }

  private static byte[] bytes(int seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static MediaRecord copy(MediaRecord of, UUID id, long bytes) {
    return new MediaRecord(
        id,
        of.terminal(),
        of.owner(),
        of.mediaId(),
        of.type(),
        of.format(),
        of.event(),
        of.channel(),
        of.at(),
        of.receivedAt(),
        of.position(),
        bytes,
        of.sha256(),
        MediaFiles.place(id, of.formatName()),
        null);
  }

  private List<MediaRecord> listed(int count) {
    await()
        .atMost(SOON)
        .ignoreException(DatabaseUnavailableException.class)
        .until(() -> all().size() == count);
    return all();
  }

  private List<MediaRecord> all() {
    return store.newest(query(null), 100);
  }

  private static MediaQuery query(@Nullable UUID command) {
    return new MediaQuery(
        new Whose.Terminal(TERMINAL), Instant.EPOCH, NOON.plusSeconds(60), null, command);
  }

  private static MediaQuery of(MediaKind kind) {
    return new MediaQuery(
        new Whose.Terminal(TERMINAL), Instant.EPOCH, NOON.plusSeconds(60), kind, null);
  }

  private boolean databaseIsAway() {
    try {
      all();
      return false;
    } catch (DatabaseUnavailableException away) {
      return true;
    }
  }

  private UUID command(Instant at) {
    UUID id = UUID.randomUUID();
    database
        .database()
        .useTransaction(
            handle ->
                handle.execute(
                    "INSERT INTO terminal_command (id, terminal, type, state, request, principal,"
                        + " created_at, updated_at) VALUES (?, ?, 'photo', 'sent', '{}', 'x', ?, ?)",
                    id,
                    TERMINAL,
                    at.atOffset(ZoneOffset.UTC),
                    at.atOffset(ZoneOffset.UTC)));
    return id;
  }

  private void tookMedia(UUID command, Instant at, Long... mediaIds) {
    database
        .database()
        .useTransaction(
            handle -> OrderedMedia.note(handle, command, TERMINAL, List.of(mediaIds), at));
  }

  /** Names of all files below a directory of the store. */
  private List<String> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve(below))) {
      return all.filter(Files::isRegularFile).map(each -> each.getFileName().toString()).toList();
    }
  }
}
