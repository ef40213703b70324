package io.roadcast.simulator.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jsatl12.SafetyAlarm;
import io.roadcast.jtt.jt808.AlarmFlag;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationItemValue;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.jtt.jt808.VideoAlarmFlag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AlarmTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Location DRIVING = at(620);

  private static Location at(int speedTenths) {
    return new Location(0, 3, 31_230_000, 121_470_000, 12, speedTenths, 90, TerminalTime.of(NOW));
  }

  private static AlarmClock clock(
      SafetyVariant variant, AlarmPlan.Pace pace, AlarmPlan.Fault... faults) {
    AlarmPlan plan = new AlarmPlan(variant, pace, Duration.ofSeconds(10), Set.of(faults));
    return new AlarmClock(plan, "13912345678", 7, NOW);
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsWhatItSays(SafetyVariant variant) {
    for (AlarmKind kind : AlarmKind.all(variant)) {
      AlarmClock clock = clock(variant, AlarmPlan.Pace.NONE);
      clock.raise(kind);
      RaisedAlarm alarm = clock.due(NOW, DRIVING).getFirst();
      switch (kind.family()) {
        case FLAG ->
            assertThat(AlarmFlag.of(clock.flags(NOW), ProtocolVersion.V2013))
                .as(kind.name())
                .hasSize(1);
        case VIDEO -> {
          LocationItemValue value = LocationItemValue.of(clock.videoItems(NOW).getFirst());
          assertThat(((LocationItemValue.VideoAlarms) value).bits()).isEqualTo(1L << kind.code());
          assertThat(VideoAlarmFlag.of(1L << kind.code())).hasSize(1);
        }
        case ADAS, DSM, BSD, TPMS, DRIVING -> decodes(kind, alarm);
      }
    }
  }

  private static void decodes(AlarmKind kind, RaisedAlarm alarm) {
    LocationItem item = Objects.requireNonNull(alarm.item());
    SafetyAlarm read = SafetyAlarm.of(item).orElseThrow();
    int code =
        switch (read) {
          case SafetyAlarm.Adas adas -> adas.type();
          case SafetyAlarm.Dsm dsm -> dsm.type();
          case SafetyAlarm.Bsd bsd -> bsd.type();
          case SafetyAlarm.AggressiveDriving driving -> driving.type();
          case SafetyAlarm.Tpms tpms ->
              tpms.wheels().stream()
                  .filter(wheel -> wheel.alarms() != 0)
                  .map(wheel -> Integer.numberOfTrailingZeros(wheel.alarms()))
                  .findFirst()
                  .orElse(-1);
        };
    assertThat(code).as(kind.name()).isEqualTo(kind.code());
    assertThat(read.place().speed()).isEqualTo(62);
    assertThat(read.place().identifier()).isEqualTo(alarm.identifier());
    assertThat(item.data().length()).as(kind.name()).isEqualTo(bytes(read));
    assertThat(read.place().identifier().attachments()).isEqualTo(AlarmFolder.count(kind));
  }

  /** Of an item, as the reference tells for each variant; four wheels. */
  private static int bytes(SafetyAlarm alarm) {
    boolean su = alarm.place().identifier().variant() == SafetyVariant.SU;
    return switch (alarm) {
      case SafetyAlarm.Adas adas -> su ? 47 : 71;
      case SafetyAlarm.Dsm dsm -> su ? 47 : 71;
      case SafetyAlarm.Bsd bsd -> su ? 41 : 65;
      case SafetyAlarm.AggressiveDriving driving -> 47;
      case SafetyAlarm.Tpms tpms -> su ? 41 + 4 * 9 : 65 + 4 * 10;
    };
  }

  @Test
  void onTheRoadTheyComeNowAndThenAndOnlyWhileItMoves() {
    AlarmClock clock = clock(SafetyVariant.SU, AlarmPlan.Pace.NATURAL);
    List<RaisedAlarm> raised = new ArrayList<>();
    for (int second = 0; second < 600; second++) {
      raised.addAll(clock.due(NOW.plusSeconds(second), DRIVING));
    }
    assertThat(raised.size()).isBetween(40, 90);
    assertThat(raised.stream().map(RaisedAlarm::kind).distinct().count()).isGreaterThan(6);
    assertThat(clock.due(NOW.plusSeconds(900), at(30))).isEmpty();
  }

  @Test
  void eachInTurnAndInBursts() {
    AlarmClock clock = clock(SafetyVariant.SU, AlarmPlan.Pace.EVERY, AlarmPlan.Fault.BURST);
    List<AlarmKind> raised = new ArrayList<>();
    for (int second = 0; second < 60; second++) {
      clock.due(NOW.plusSeconds(second), DRIVING).forEach(alarm -> raised.add(alarm.kind()));
    }
    assertThat(raised).containsAll(AlarmKind.all(SafetyVariant.SU));
    assertThat(raised.size() % 20).isZero();
  }
}
