package io.roadcast.fleet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.IdentityKind;
import io.roadcast.fleet.PlateColor;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.TerminalFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An open door: who comes is taken in, many at once. */
@Timeout(180)
class EnrolmentTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PHONE = "13912345678";

  private final TestFleet fleet = new TestFleet();

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  void aTerminalIsTakenInOnceHoweverManyConnectionsItHas() throws Exception {
    Sighting sighting = sighting(PHONE, "粤B12345", null);
    Set<UUID> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<UUID> enrol = () -> fleet.records.enrolment().enrol(List.of(sighting)).get(PHONE);
      for (Future<UUID> each : threads.invokeAll(Collections.nCopies(6, enrol))) {
        ids.add(each.get());
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(fleet.plate(PHONE)).isEqualTo("粤B12345");
  }

  @Test
  void manyComeAtOnceAndEachGetsAVehicle() {
    for (int i = 0; i < 3000; i++) {
      fleet.records.newcomers().add(sighting(TestFleet.phone(i), null, null));
    }
    await().atMost(SOON).until(() -> fleet.records.identities().size() == 3000);
    assertThat(fleet.plate(TestFleet.phone(0))).isEqualTo(TestFleet.phone(0));
    assertThat(fleet.plate(TestFleet.phone(2999))).isEqualTo(TestFleet.phone(2999));
    assertThat(fleet.records.newcomers().dropped()).isZero();
  }

  @Test
  void whatATerminalSaysBeforeItsTurnIsPutTogether() {
    Sighting registering = sighting(PHONE, "粤B12345", null);
    Sighting authenticating = sighting(PHONE, null, "861234567890123");
    Map<String, UUID> ids = fleet.records.enrolment().enrol(List.of(registering, authenticating));
    assertThat(ids).hasSize(1);
    assertThat(fleet.plate(PHONE)).isEqualTo("粤B12345");
    assertThat(fleet.records.identities().byImei("861234567890123"))
        .isInstanceOf(Resolution.Known.class);
  }

  @Test
  void aVehicleThatHasATerminalKeepsIt() {
    fleet
        .records
        .enrolment()
        .enrol(
            List.of(
                sighting("15800000001", "粤B12345", null),
                sighting("15800000002", "粤B12345", null),
                sighting("15800000003", "粤B00003", null)));
    assertThat(fleet.plate("15800000001")).isEqualTo("粤B12345");
    assertThat(fleet.plate("15800000002")).isNull();
    assertThat(fleet.plate("15800000003")).isEqualTo("粤B00003");
  }

  @Test
  void oneThatCanNotBeTakenInKeepsNobodyOut() {
    List<Sighting> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(sighting(TestFleet.phone(i), null, "9".repeat(40)));
    }
    all.add(7, new Sighting(IdentityKind.PHONE, "158\0", null, null, TerminalFacts.none()));
    Map<String, UUID> ids = fleet.records.enrolment().enrol(all);
    assertThat(ids).hasSize(20).doesNotContainKey("158\0");
    assertThat(fleet.records.identities().size()).isEqualTo(20);
  }

  @Test
  void nonsenseThatATerminalSaysOfItselfIsWrittenDownAsFarAsItCanBe() {
    String nonsense = "\0\uD800\uFFFF\u0007\u202E锟斤拷";
    TerminalFacts facts =
        new TerminalFacts(
            "2019", nonsense, nonsense, nonsense, nonsense, nonsense, PlateColor.BLUE, nonsense);
    byte[] raw = HexFormat.of().parseHex("0" + PHONE);
    fleet.records.enrolment().enrol(List.of(Sighting.ofPhone(raw, "127.0.0.1", facts)));
    assertThat(fleet.plate(PHONE)).isEqualTo(facts.plate()).contains("锟斤拷");
  }

  @Test
  void whoComesWhileTheDatabaseIsAwayWaits() {
    fleet.database.cutOff();
    await().atMost(SOON).until(() -> fleet.database.database().problem().isPresent());
    fleet.records.newcomers().add(sighting(PHONE, null, null));
    fleet.records.newcomers().add(sighting("15800000001", null, null));
    fleet.database.restore();
    await().atMost(SOON).until(() -> fleet.records.identities().size() == 2);
    assertThat(fleet.plate(PHONE)).isEqualTo(PHONE);
  }

  private static Sighting sighting(String phone, @Nullable String plate, @Nullable String imei) {
    PlateColor color = plate == null ? null : PlateColor.BLUE;
    TerminalFacts facts = new TerminalFacts("2019", "m", "x", "1", null, plate, color, imei);
    return Sighting.ofPhone(HexFormat.of().parseHex("0" + phone), "127.0.0.1", facts);
  }
}
