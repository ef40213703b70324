package io.roadcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.fleet.database.DatabaseAddress;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.recorder.catalog.DeletionSwitch;
import io.roadcast.recorder.catalog.RecordingCatalog;
import io.roadcast.recorder.segment.Fragment;
import io.roadcast.recorder.segment.Keeping;
import io.roadcast.recorder.segment.Owner;
import io.roadcast.recorder.segment.Segment;
import io.roadcast.recorder.segment.SegmentForm;
import io.roadcast.recorder.segment.SegmentPlaces;
import io.roadcast.recorder.segment.SegmentState;
import io.roadcast.recorder.segment.Sidecar;
import io.roadcast.server.config.ConfigLoader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./run rebuild-index}, on a real PostgreSQL. */
@Timeout(180)
final class RebuildIndexCommandTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path config;
  private SegmentPlaces places;

  @BeforeEach
  void configure() throws Exception {
    DatabaseAddress address = database.address();
    config =
        Files.writeString(
            directory.resolve("roadcast.yaml"),
            """
            data-directory: %s
            database:
              url: "%s"
              user: "%s"
              password: "%s"
            """
                .formatted(
                    directory.resolve("data"), address.url(), address.user(), address.password()));
    places = RecordingStorage.open(ConfigLoader.load(config, Map.of()).config()).places();
  }

  @AfterEach
  void stop() {
    database.close();
  }

  /** What a server would have left, complete or not. */
  private Segment leave(SegmentState state, boolean held) throws Exception {
    UUID id = UUID.randomUUID();
    Segment segment =
        new Segment(
            id,
            "139-1",
            "main",
            Owner.nobody(),
            START,
            START.plusSeconds(60),
            "h264",
            160,
            120,
            null,
            0,
            900,
            300,
            List.of(),
            places.keptPlace("139-1", "main", START, id, SegmentForm.PLAIN),
            state == SegmentState.COMPLETE ? "00".repeat(32) : null,
            state,
            new Keeping("channel/139-1", held));
    Path file = places.file(segment.place());
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[300]);
    new Sidecar(segment, 100, List.of(new Fragment(100, 200, 0, 5_400_000, 900, true))).write(file);
    return segment;
  }

  @Test
  void theCatalogueIsWhatStandsBesideTheFiles() throws Exception {
    Segment usual = leave(SegmentState.COMPLETE, false);
    Segment held = leave(SegmentState.COMPLETE, true);
    Segment broken = leave(SegmentState.COMPLETE, false);
    Files.writeString(Sidecar.of(places.file(broken.place())), "{");
    leave(SegmentState.RECORDING, false);

    assertThat(run()).as("%s", err).isZero();
    assertThat(out.toString())
        .contains("3 segments are in the catalogue, 1 of them are finished by the next start")
        .contains("1 could not be read")
        .contains("--resume-deletion");
    RecordingCatalog catalog = new RecordingCatalog(database.database());
    assertThat(catalog.find(usual.id())).contains(usual);
    assertThat(catalog.find(held.id()).orElseThrow().keeping()).isEqualTo(held.keeping());
    assertThat(catalog.find(broken.id())).isEmpty();
    DeletionSwitch deletion = new DeletionSwitch(database.database());
    assertThat(deletion.suspended()).isPresent();

    assertThat(run()).as("once more").isZero();
    assertThat(catalog.find(usual.id())).contains(usual);
    assertThat(run("--resume-deletion")).isZero();
    assertThat(out.toString()).contains("Recordings may be deleted again.");
    assertThat(deletion.suspended()).isEmpty();
    assertThat(run("--resume-deletion")).isZero();
    assertThat(out.toString()).contains("Recordings could be deleted before.");
  }

  @Test
  void saysWhatIsWrongWithTheConfiguration() throws Exception {
    Files.writeString(config, "recording:\n  kep: 1\n");
    assertThat(run()).isEqualTo(1);
    assertThat(err.toString()).contains("recording.kep");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... more) {
    CommandLine commandLine = ServerMain.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    String[] arguments = new String[3 + more.length];
    arguments[0] = "rebuild-index";
    arguments[1] = "--config";
    arguments[2] = config.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return commandLine.execute(arguments);
  }
}
