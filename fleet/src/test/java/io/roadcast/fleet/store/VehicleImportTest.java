package io.roadcast.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roadcast.fleet.Channel;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.TerminalFacts;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many vehicles at once: lines that mean each other, and lines that are wrong. */
@Timeout(180)
class VehicleImportTest {
  private final TestFleet fleet = new TestFleet();

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void thousandsAreTakenAndTheSameAgainChangesNothing() {
    List<ImportRow> rows = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      rows.add(row(i + 2, "粤B" + i, "blue", "North/Depot " + i % 7, TestFleet.phone(i), 4));
    }
    ImportResult first = run(rows);
    assertThat(first.created()).as(first.errors().toString()).isEqualTo(2500);
    assertThat(fleet.records.identities().size()).isEqualTo(2500);
    assertThat(fleet.plate(TestFleet.phone(1234))).isEqualTo("粤B1234");
    assertThat(channels(TestFleet.phone(2499))).containsExactly(1, 2, 3, 4);

    ImportResult second = run(rows);
    assertThat(second.unchanged()).isEqualTo(2500);
  }

  @Test
  void wrongLinesAreNamedAndTheOthersTaken() {
    List<ImportRow> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(row(i + 2, "粤B" + i, "blue", null, TestFleet.phone(i), 1));
    }
    rows.set(17, row(19, "粤B17", "plaid", null, TestFleet.phone(17), 1));
    rows.set(123, row(125, "粤B123", "blue", null, "no number", 1));
    rows.set(299, row(301, " ", "blue", null, TestFleet.phone(299), 1));
    ImportResult result = run(rows);
    assertThat(result.created()).isEqualTo(297);
    assertThat(result.errors())
        .extracting(ImportResult.Failure::line, ImportResult.Failure::problem)
        .containsExactly(
            tuple(19, FleetProblem.INVALID_FIELD),
            tuple(125, FleetProblem.INVALID_FIELD),
            tuple(301, FleetProblem.INVALID_FIELD));
    assertThat(fleet.records.identities().size()).isEqualTo(297);
  }

  @Test
  void laterLinesOfAFileMeanWhatEarlierOnesMade() {
    ImportResult result =
        run(
            List.of(
                row(2, "粤B1", null, null, TestFleet.phone(1), 1),
                row(3, "粤B2", null, null, TestFleet.phone(2), 0),
                row(4, "粤B1", "blue", "North", null, 0),
                row(5, "粤B3", null, null, TestFleet.phone(1), 3), // it moves, and has more cameras
                row(6, "粤B2", null, null, TestFleet.phone(2), 0)));
    assertThat(result.failed()).as(result.errors().toString()).isZero();
    assertThat(result.created()).isEqualTo(3);
    assertThat(result.updated()).isEqualTo(1);
    assertThat(result.unchanged()).isEqualTo(1);
    assertThat(fleet.plate(TestFleet.phone(1))).isEqualTo("粤B3");
    assertThat(fleet.plate(TestFleet.phone(2))).isEqualTo("粤B2");
    assertThat(channels(TestFleet.phone(1))).containsExactly(1, 2, 3);
  }

  @Test
  void terminalsThatAreThereGetTheVehiclesOfTheFile() {
    String raw = "0" + TestFleet.phone(1);
    fleet
        .records
        .enrolment()
        .enrol(List.of(Sighting.ofPhone(HexFormat.of().parseHex(raw), null, TerminalFacts.none())));
    assertThat(fleet.plate(TestFleet.phone(1))).isEqualTo(TestFleet.phone(1));

    assertThat(run(List.of(row(2, "粤B1", null, null, TestFleet.phone(1), 1))).created())
        .isEqualTo(1);

    assertThat(fleet.plate(TestFleet.phone(1))).isEqualTo("粤B1");
  }

  private ImportResult run(List<ImportRow> rows) {
    return fleet.records.vehicleImport().run(fleet.organization, rows, () -> true);
  }

  private static ImportRow row(
      int line,
      String plate,
      @Nullable String color,
      @Nullable String group,
      @Nullable String phone,
      int channels) {
    List<ImportRow.NumberedName> cameras = new ArrayList<>();
    for (int i = 1; i <= channels; i++) {
      cameras.add(new ImportRow.NumberedName(i, null));
    }
    return new ImportRow(
        line, plate, color, null, group, phone, List.of(), null, List.of(), cameras);
  }

  private List<Integer> channels(String phone) {
    return fleet.records.channels().of(fleet.known(phone).id()).stream()
        .map(Channel::number)
        .toList();
  }
}
