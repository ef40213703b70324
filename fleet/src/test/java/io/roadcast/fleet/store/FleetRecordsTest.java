package io.roadcast.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.FleetException;
import io.roadcast.fleet.FleetProblem;
import io.roadcast.fleet.Group;
import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.Organization;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.TerminalIdentity;
import io.roadcast.fleet.UnknownTerminal;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.fleet.database.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class FleetRecordsTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHONE = "13912345678";

  private final TestDatabase test = TestDatabase.create();
  private final FleetRecords fleet = FleetRecords.open(test.database());
  private UUID organization = new UUID(0, 0);

  @BeforeEach
  void awaitFleet() {
    await().atMost(SOON).until(() -> fleet.identities().loaded());
    organization = fleet.organizations().ofNobodyElse();
  }

  @AfterEach
  void close() {
    fleet.close();
    test.close();
  }

  @Test
  void firstStartMakesOneOrganizationAndTheSecondNoOther() {
    try (FleetRecords second = FleetRecords.open(test.database())) {
      await().atMost(SOON).until(() -> second.identities().loaded());
      assertThat(second.organizations().list(Scope.everything(), Page.Wish.first(10)).items())
          .extracting(Organization::name)
          .containsExactly("Default");
    }
  }

  @Test
  void terminalIsKnownByAllItsNumbersWhenTheCallReturns() {
    Terminal made = terminal(PHONE, "861234567890123");

    assertThat(fleet.identities().byPhone("0" + PHONE, null)).isInstanceOf(Resolution.Known.class);
    assertThat(fleet.identities().byImei("861234567890123"))
        .isInstanceOfSatisfying(
            Resolution.Known.class,
            known -> {
              assertThat(known.terminal().id()).isEqualTo(made.id());
              assertThat(known.terminal().digits()).isEqualTo(PHONE);
            });
  }

  @Test
  void secondTerminalOfThePhoneNumberIsRefused() {
    terminal(PHONE);

    assertProblem(FleetProblem.TERMINAL_EXISTS, () -> terminal("000" + PHONE));
  }

  @Test
  void changedNumberIsKeptAsOneOfThePast() {
    Terminal made = terminal(PHONE);

    fleet
        .terminals()
        .change(
            made.id(),
            made.revision().version(),
            draft ->
                new TerminalDraft(
                    "renamed", List.of(IdentityDraft.of(IdentityKind.PHONE, "15800000001"))));

    assertThat(fleet.identities().byNumber(PHONE)).isInstanceOf(Resolution.Unknown.class);
    assertThat(fleet.identities().byNumber("15800000001")).isInstanceOf(Resolution.Known.class);
    assertThat(fleet.terminals().identityHistory(made.id()))
        .extracting(TerminalIdentity::digits, TerminalIdentity::current)
        .containsExactlyInAnyOrder(tuple(PHONE, false), tuple("15800000001", true));
    assertThat(terminal(PHONE).id()).isNotEqualTo(made.id());
  }

  @Test
  void terminalMovesFromVehicleToVehicleAndBothRemember() {
    Terminal terminal = terminal(PHONE);
    VehicleEntry first = vehicle("粤B00001", terminal.id());
    VehicleEntry second = vehicle("粤B00002", null);

    fleet
        .vehicles()
        .change(
            second.vehicle().id(),
            null,
            draft ->
                new VehicleDraft(null, draft.plate(), draft.plateColor(), null, terminal.id()));

    assertThat(found(first).terminal()).isNull();
    assertThat(Objects.requireNonNull(found(second).terminal()).id()).isEqualTo(terminal.id());
    assertThat(fleet.identities().find(terminal.id()).orElseThrow().plate()).isEqualTo("粤B00002");
    assertThat(fleet.vehicles().installations(first.vehicle().id()))
        .singleElement()
        .satisfies(installation -> assertThat(installation.to()).isNotNull());

    fleet.vehicles().remove(second.vehicle().id(), null);

    assertThat(fleet.identities().find(terminal.id()).orElseThrow().vehicle()).isNull();
  }

  @Test
  void changeMeantForAnOlderVersionIsRefused() {
    VehicleEntry made = vehicle("粤B00001", null);
    long version = made.vehicle().revision().version();
    renamed(made, version);

    assertProblem(FleetProblem.VERSION_CONFLICT, () -> renamed(made, version));
    assertProblem(
        FleetProblem.VERSION_CONFLICT, () -> fleet.vehicles().remove(made.vehicle().id(), version));
  }

  @Test
  void ofManyChangesAtOnceForOneVersionJustOneIsMade() throws Exception {
    VehicleEntry made = vehicle("粤B00001", null);
    long version = made.vehicle().revision().version();
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> change =
          () -> {
            try {
              renamed(made, version);
              return true;
            } catch (FleetException conflict) {
              return false;
            }
          };
      for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(8, change))) {
        done += each.get() ? 1 : 0;
      }
    }
    assertThat(done).isEqualTo(1);
    assertThat(found(made).vehicle().revision().version()).isEqualTo(version + 1);
  }

  @Test
  void oneOfTwoVehiclesThatAreGivenATerminalAtOnceIsTold() {
    Terminal terminal = terminal(PHONE);
    VehicleEntry one = vehicle("粤B00001", null);
    UUID other = vehicle("粤B00002", null).vehicle().id();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<VehicleEntry> late =
          test.database()
              .inTransaction(
                  handle -> {
                    Installations.install(handle, organization, one.vehicle().id(), terminal.id());
                    Future<VehicleEntry> second =
                        threads.submit(() -> equipped(other, terminal.id()));
                    await().atMost(SOON).until(this::somebodyWaitsForALock);
                    return second;
                  });
      assertThatThrownBy(late::get)
          .cause()
          .isInstanceOfSatisfying(
              FleetException.class,
              refusal -> assertThat(refusal.problem()).isEqualTo(FleetProblem.VERSION_CONFLICT));
    }
    assertThat(found(one).terminal()).isNotNull();
  }

  private VehicleEntry equipped(UUID vehicle, UUID terminal) {
    return fleet
        .vehicles()
        .change(
            vehicle, null, draft -> new VehicleDraft(null, draft.plate(), null, null, terminal));
  }

  private boolean somebodyWaitsForALock() {
    return test.database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT count(*) > 0 FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """)
                    .mapTo(Boolean.class)
                    .one());
  }

  @Test
  void whatTheTablesDoNotTakeOfOneTerminalKeepsNoOtherFromThem() {
    String unwritable = "\u0000";
    fleet
        .observations()
        .seen(
            new Sighting(
                IdentityKind.PHONE, "13800000001", null, unwritable, TerminalFacts.none()));
    fleet
        .observations()
        .seen(new Sighting(IdentityKind.PHONE, PHONE, null, "192.0.2.1", TerminalFacts.none()));
    await()
        .atMost(SOON)
        .until(
            () ->
                fleet.unknownTerminals().list(null, Page.Wish.first(10)).items().stream()
                    .map(UnknownTerminal::digits)
                    .toList()
                    .equals(List.of(PHONE)));
  }

  @Test
  void plateIsOnlyUniqueWithItsColour() {
    colored("粤B00001", PlateColor.BLUE);
    colored("粤B00001", PlateColor.YELLOW);

    assertProblem(FleetProblem.VEHICLE_EXISTS, () -> colored("粤b00001 ", PlateColor.BLUE));
  }

  @Test
  void groupsFormATreeWithoutRings() {
    Group top = group(null, "North");
    Group below = group(top.id(), "Port");
    VehicleEntry inPort =
        fleet
            .vehicles()
            .create(organization, new VehicleDraft(below.id(), "粤B00001", null, null, null));
    vehicle("粤B00002", null);

    assertProblem(
        FleetProblem.GROUP_CYCLE,
        () ->
            fleet
                .groups()
                .change(top.id(), null, draft -> new Groups.Draft(below.id(), draft.name())));
    assertProblem(FleetProblem.GROUP_EXISTS, () -> group(top.id(), "Port"));
    assertProblem(FleetProblem.GROUP_NOT_EMPTY, () -> fleet.groups().remove(below.id(), null));
    assertThat(
            fleet
                .vehicles()
                .list(
                    Scope.everything(),
                    new Vehicles.Filter(null, top.id(), null),
                    Page.Wish.first(10))
                .items())
        .extracting(entry -> entry.vehicle().id())
        .containsExactly(inPort.vehicle().id());
  }

  @Test
  void nothingCrossesTheBorderOfAnOrganization() {
    UUID other = fleet.organizations().create("Other").id();
    Terminal theirs =
        fleet
            .terminals()
            .create(
                other,
                new TerminalDraft(null, List.of(IdentityDraft.of(IdentityKind.PHONE, PHONE))));
    Group theirGroup = fleet.groups().create(other, new Groups.Draft(null, "G"));

    assertProblem(FleetProblem.TERMINAL_NOT_FOUND, () -> vehicle("粤B00001", theirs.id()));
    assertProblem(
        FleetProblem.GROUP_NOT_FOUND,
        () ->
            fleet
                .vehicles()
                .create(organization, new VehicleDraft(theirGroup.id(), "粤B1", null, null, null)));
    assertThat(
            fleet
                .terminals()
                .list(Scope.of(Set.of(organization)), Terminals.Filter.none(), Page.Wish.first(9))
                .items())
        .isEmpty();
    assertProblem(
        FleetProblem.ORGANIZATION_NOT_EMPTY, () -> fleet.organizations().remove(other, null));
  }

  @Test
  void searchTakesEveryCharacterLiterally() {
    vehicle("A%B", null);
    vehicle("A_C", null);
    vehicle("AXD", null);

    assertThat(plates("%")).containsExactly("A%B");
    assertThat(plates("_")).containsExactly("A_C");
    assertThat(plates("'; DROP TABLE vehicle; --")).isEmpty();
    assertThat(plates("a")).hasSize(3);
  }

  @Test
  void pagesAreCompleteAndStable() {
    for (int i = 0; i < 7; i++) {
      vehicle("P" + i, null);
    }
    List<String> seen = new ArrayList<>();
    UUID after = null;
    do {
      Page<VehicleEntry> page =
          fleet
              .vehicles()
              .list(Scope.everything(), Vehicles.Filter.none(), new Page.Wish(after, 3));
      page.items().forEach(entry -> seen.add(entry.vehicle().plate()));
      after = page.next();
      vehicle("later" + seen.size(), null);
    } while (after != null && seen.size() < 20);

    assertThat(seen).startsWith("P0", "P1", "P2", "P3", "P4", "P5", "P6").doesNotHaveDuplicates();
  }

  @Test
  void unknownTerminalIsWrittenDownOnceAndAdoptedWithItsVehicle() {
    TerminalFacts facts =
        new TerminalFacts("2013", "70111", "M1", "1234567", null, "粤B12345", PlateColor.BLUE, null);
    for (int i = 0; i < 100; i++) {
      fleet.observations().seen(Sighting.ofPhone(bytes("0" + PHONE), "192.0.2.1:4000", facts));
    }
    UnknownTerminal unknown = awaitUnknown();
    assertThat(unknown.digits()).isEqualTo(PHONE);
    assertThat(unknown.raw()).isEqualTo("0" + PHONE);
    assertThat(unknown.facts().plate()).isEqualTo("粤B12345");

    Terminal adopted =
        fleet
            .unknownTerminals()
            .adopt(
                unknown.id(),
                organization,
                new UnknownTerminals.Adoption(null, "粤B12345", PlateColor.BLUE, "Truck", null));

    assertThat(adopted.id()).isEqualTo(unknown.id());
    assertThat(adopted.vehicle()).isNotNull();
    assertThat(adopted.facts().model()).isEqualTo("M1");
    assertThat(fleet.unknownTerminals().list(null, Page.Wish.first(10)).items()).isEmpty();
    assertThat(fleet.identities().byNumber(PHONE)).isInstanceOf(Resolution.Known.class);
  }

  @Test
  void unknownMediaIdCanBeSaidToBeAKnownTerminal() {
    Terminal known = terminal(PHONE);
    fleet.observations().seen(Sighting.ofMedia(bytes("000056aebc2a"), "192.0.2.1:4000"));
    UnknownTerminal unknown = awaitUnknown();

    fleet.unknownTerminals().adoptAs(unknown.id(), known.id());

    assertThat(fleet.identities().byMediaId(bytes("000056aebc2a")))
        .isInstanceOfSatisfying(
            Resolution.Known.class,
            found -> assertThat(found.terminal().id()).isEqualTo(known.id()));
  }

  @Test
  void resolverGoesOnAnsweringWhileTheDatabaseIsAwayAndCatchesUp() {
    terminal(PHONE);
    test.cutOff();
    await().atMost(SOON).until(() -> test.database().problem().isPresent());

    assertThat(fleet.identities().byNumber(PHONE)).isInstanceOf(Resolution.Known.class);
    assertThatThrownBy(() -> terminal("15800000001"))
        .isInstanceOf(DatabaseUnavailableException.class);
    fleet.observations().seen(Sighting.ofPhone(bytes("015800000002"), null, TerminalFacts.none()));

    test.restore();

    assertThat(awaitUnknown().digits()).isEqualTo("15800000002");
  }

  private UnknownTerminal awaitUnknown() {
    await()
        .atMost(SOON)
        .ignoreException(DatabaseUnavailableException.class)
        .until(() -> !fleet.unknownTerminals().list(null, Page.Wish.first(2)).items().isEmpty());
    return fleet.unknownTerminals().list(null, Page.Wish.first(2)).items().getFirst();
  }

  private Terminal terminal(String phone, String... imei) {
    List<IdentityDraft> identities = new ArrayList<>();
    identities.add(IdentityDraft.of(IdentityKind.PHONE, phone));
    for (String each : imei) {
      identities.add(IdentityDraft.of(IdentityKind.IMEI, each));
    }
    return fleet.terminals().create(organization, new TerminalDraft(null, identities));
  }

  private VehicleEntry vehicle(String plate, @Nullable UUID terminal) {
    return fleet
        .vehicles()
        .create(organization, new VehicleDraft(null, plate, null, null, terminal));
  }

  private void colored(String plate, PlateColor color) {
    fleet.vehicles().create(organization, new VehicleDraft(null, plate, color, null, null));
  }

  private void renamed(VehicleEntry entry, long version) {
    fleet
        .vehicles()
        .change(
            entry.vehicle().id(),
            version,
            draft -> new VehicleDraft(null, draft.plate(), null, "renamed", null));
  }

  private VehicleEntry found(VehicleEntry entry) {
    return fleet.vehicles().find(entry.vehicle().id()).orElseThrow();
  }

  private Group group(@Nullable UUID parent, String name) {
    return fleet.groups().create(organization, new Groups.Draft(parent, name));
  }

  private List<String> plates(String text) {
    return fleet
        .vehicles()
        .list(Scope.everything(), new Vehicles.Filter(text, null, null), Page.Wish.first(10))
        .items()
        .stream()
        .map(entry -> entry.vehicle().plate())
        .toList();
  }

  private static void assertProblem(FleetProblem problem, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FleetException.class, refusal -> assertThat(refusal.problem()).isEqualTo(problem));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
