package io.roadcast.events.rule;

import static io.roadcast.events.rule.RuledEvent.T0;
import static io.roadcast.events.rule.RuledEvent.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roadcast.events.EventPlace;
import io.roadcast.events.Severity;
import io.roadcast.events.TaskWish;
import io.roadcast.events.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that a rule may look at, and each that it may do. */
class RuleSetTest {
  private static final UUID GROUP = UUID.fromString("0190a000-0000-7000-8000-000000000001");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          kind: dsm                               | true
          kind: [adas, dsm]                       | true
          kind: adas                              | false
          type: dsm.phone                         | true
          type: [dsm.smoking, dsm.fatigue]        | false
          source: jsatl12                         | true
          source: [jt808, camera]                 | false
          severity: info                          | true
          severity: warning                       | true
          severity: critical                      | false
          speed: {min: 60}                        | true
          speed: {min: 61}                        | false
          speed: {max: 60}                        | true
          speed: {max: 59}                        | false
          speed: {min: 50, max: 70}               | true
          kind: dsm, type: dsm.smoking            | false
          """)
  void looksAtWhatTheEventIs(String when, boolean fits) {
    assertThat(matches(when, usual())).isEqualTo(fits);
  }

  @Test
  void whatHasNoSpeedOrPlaceFitsNoRuleAboutThem() {
    RuledEvent nowhere = usual().in(null);
    RuledEvent unknownSpeed = usual().in(new EventPlace(31.2, 121.5, null, null, null));
    assertThat(matches("speed: {min: 0}", nowhere)).isFalse();
    assertThat(matches("speed: {max: 500}", unknownSpeed)).isFalse();
    assertThat(matches("area: [[0, 0], [0, 180], [90, 180], [90, 0]]", nowhere)).isFalse();
    assertThat(matches("area: [[0, 0], [0, 180], [90, 180], [90, 0]]", unknownSpeed)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "31.5, 121.1, true",
    "31.5, 121.9, true",
    "31.9, 121.5, false", // in the notch of the U
    "31.2, 121.5, true", // below it
    "31.5, 120.9, false",
    "31.5, 122.1, false",
    "30.9, 121.5, false",
    "32.1, 121.1, false"
  })
  void anAreaMayBeHollow(double latitude, double longitude, boolean inside) {
    String shape =
        "area: [[31, 121], [31, 122], [32, 122], [32, 121.7], [31.4, 121.7], [31.4, 121.3],"
            + " [32, 121.3], [32, 121]]";
    RuledEvent there = usual().in(new EventPlace(latitude, longitude, null, 60.0, null));
    assertThat(matches(shape, there)).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # 2 March 2026 is a Monday; Shanghai is 8 hours ahead
          {from: '08:00', to: '09:00'}                               | 2026-03-02T08:00:00Z | true
          {from: '08:00', to: '09:00'}                               | 2026-03-02T08:59:59Z | true
          {from: '08:00', to: '09:00'}                               | 2026-03-02T09:00:00Z | false
          {from: '16:00', to: '17:00', zone: Asia/Shanghai}          | 2026-03-02T08:30:00Z | true
          {from: '08:00', to: '09:00', zone: Asia/Shanghai}          | 2026-03-02T08:30:00Z | false
          {from: '22:00', to: '06:00'}                               | 2026-03-02T23:00:00Z | true
          {from: '22:00', to: '06:00'}                               | 2026-03-03T05:59:00Z | true
          {from: '22:00', to: '06:00'}                               | 2026-03-03T06:00:00Z | false
          {from: '22:00', to: '06:00', days: [mon]}                  | 2026-03-03T05:00:00Z | true
          {from: '22:00', to: '06:00', days: [mon]}                  | 2026-03-02T05:00:00Z | false
          {from: '08:00', to: '09:00', days: [tue, wed]}             | 2026-03-02T08:30:00Z | false
          """)
  void aTimeOfDayIsThatOfItsZoneAndBeginsOnItsDay(String time, Instant at, boolean fits) {
    assertThat(matches("time: " + time, usual().when(at))).isEqualTo(fits);
  }

  @Test
  void aGroupIsAnyThatTheVehicleIsIn() {
    RuleSet rules = rules("{groups: " + GROUP + "}", "notify: true");
    assertThat(rules.judge(usual().event(), List.of(UUID.randomUUID(), GROUP)).rules()).hasSize(1);
    assertThat(rules.judge(usual().event(), List.of(UUID.randomUUID())).rules()).isEmpty();
    assertThat(rules.judge(usual().event(), List.of()).rules()).isEmpty();
  }

  @Test
  void aRateIsReachedByOneTerminalWithinTheTime() {
    RuleSet rules = rules("{type: dsm.phone, rate: {count: 3, within: 10m}}", "severity: critical");
    assertThat(judged(rules, usual(), 0)).isEqualTo(Severity.WARNING);
    assertThat(judged(rules, usual(), 100)).isEqualTo(Severity.WARNING);
    assertThat(judged(rules, usual().from("jsatl12", "140"), 150)).isEqualTo(Severity.WARNING);
    assertThat(judged(rules, usual().of("dsm.smoking"), 160)).isEqualTo(Severity.WARNING);
    assertThat(judged(rules, usual(), 599)).isEqualTo(Severity.CRITICAL);
    assertThat(judged(rules, usual(), 600))
        .as("the first is too long ago")
        .isEqualTo(Severity.CRITICAL);
    assertThat(judged(rules, usual(), 1300)).as("so are the others").isEqualTo(Severity.WARNING);
    assertThat(judged(rules.fresh(), usual(), 1301)).isEqualTo(Severity.WARNING);
  }

  @Test
  void repeatsAreSuppressedForTheirTypeAndTerminal() {
    RuleSet rules = rules("{kind: dsm}", "{suppress_repeats: 10m, notify: true, clip: {}}");
    assertThat(suppressed(rules, usual(), 0)).isFalse();
    assertThat(suppressed(rules, usual(), 599)).isTrue();
    assertThat(suppressed(rules, usual().of("dsm.smoking"), 10)).isFalse();
    assertThat(suppressed(rules, usual().from("jsatl12", "140"), 10)).isFalse();
    assertThat(suppressed(rules, usual(), 600)).isFalse();
    Verdict repeated = rules.judge(usual().when(T0.plusSeconds(700)).event(), List.of());
    assertThat(repeated.suppressed()).isTrue();
    assertThat(repeated.tasks()).as("nothing is done about it").isEmpty();
  }

  @Test
  void everyActionIsAskedForWithItsArguments() {
    RuleSet rules =
        rules(
            "{kind: dsm}",
            "{attachments: true, clip: {before: 5s, after: 1m, channels: [1, 2]},"
                + " record: {length: 5m, channels: [3]}, text: Put it down, notify: true}");
    Verdict verdict = rules.judge(usual().event(), List.of());
    assertThat(verdict.attention()).isTrue();
    assertThat(verdict.tasks())
        .containsExactly(
            new TaskWish("attachments", "{}", "tested"),
            new TaskWish("clip", "{\"before_s\":5,\"after_s\":60,\"channels\":[1,2]}", "tested"),
            new TaskWish("record", "{\"length_s\":300,\"channels\":[3]}", "tested"),
            new TaskWish("text", "{\"text\":\"Put it down\"}", "tested"));
  }

  @Test
  void whatIsNotSaidHasItsUsualValue() {
    Verdict verdict =
        rules("{kind: dsm}", "{clip: {}, record: {}}").judge(usual().event(), List.of());
    assertThat(verdict.attention()).isFalse();
    assertThat(verdict.severity()).isEqualTo(Severity.WARNING);
    assertThat(verdict.tasks())
        .extracting(TaskWish::arguments)
        .containsExactly(
            "{\"before_s\":10,\"after_s\":10,\"channels\":[]}",
            "{\"length_s\":60,\"channels\":[]}");
  }

  @Test
  void nothingLiveIsDoneAboutWhatIsOldOrHasNoFiles() {
    RuleSet rules =
        rules(
            "{kind: dsm}", "{attachments: true, clip: {}, record: {}, text: Hello, notify: true}");
    Verdict late = rules.judge(usual().sentLate().event(), List.of());
    assertThat(late.attention()).isFalse();
    assertThat(late.tasks()).extracting(TaskWish::action).containsExactly("attachments", "clip");
    Verdict bare = rules.judge(usual().withoutFiles().event(), List.of());
    assertThat(bare.tasks()).extracting(TaskWish::action).containsExactly("clip", "record", "text");
  }

  @Test
  void aLaterRuleSeesTheSeverityOfAnEarlierOneAndTheFirstWishCounts() {
    RuleSet rules =
        read(
            """
            rules:
              - {name: raised, when: {speed: {min: 50}}, do: {severity: critical, text: one}}
              - {name: seen, when: {severity: critical}, do: {notify: true, text: two}}
              - {name: not-seen, when: {kind: adas}, do: {severity: info}}
            """);
    Verdict verdict = rules.judge(usual().event(), List.of());
    assertThat(verdict.rules()).containsExactly("raised", "seen");
    assertThat(verdict.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(verdict.attention()).isTrue();
    assertThat(verdict.tasks())
        .containsExactly(new TaskWish("text", "{\"text\":\"one\"}", "raised"));
  }

  @Test
  void whatWeShipIsValidAndRaisesTheThirdFatigue() throws Exception {
    RuleSet rules = RuleReader.read(RuleBook.shipped());
    RuledEvent tired = usual().of("dsm.fatigue");
    assertThat(judged(rules, tired, 0)).isEqualTo(Severity.WARNING);
    assertThat(judged(rules, tired, 60)).isEqualTo(Severity.WARNING);
    Verdict third = rules.judge(tired.when(T0.plusSeconds(120)).event(), List.of());
    assertThat(third.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(third.attention()).isTrue();
    assertThat(third.tasks()).extracting(TaskWish::action).containsExactly("attachments", "clip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules: [",
        "rules: {}",
        "rule: []",
        "rules: [{name: a}]",
        "rules: [{name: '', do: {notify: true}}]",
        "rules: [{name: a, do: {sing: true}}]",
        "rules: [{name: a, do: {notify: perhaps}}]",
        "rules: [{name: a, do: {clip: {before: 6m}}}]",
        "rules: [{name: a, do: {clip: {channels: [256]}}}]",
        "rules: [{name: a, do: {record: {length: 2h}}}]",
        "rules: [{name: a, do: {text: ''}}]",
        "rules: [{name: a, do: {suppress_repeats: soon}}]",
        "rules: [{name: a, when: {kind: x}, do: {notify: true}}]",
        "rules: [{name: a, when: {speed: {min: fast}}, do: {notify: true}}]",
        "rules: [{name: a, when: {area: [[1, 2], [3, 4]]}, do: {notify: true}}]",
        "rules: [{name: a, when: {time: {from: '25:00', to: '06:00'}}, do: {notify: true}}]",
        "rules: [{name: a, when: {time: {from: '22:00'}}, do: {notify: true}}]",
        "rules: [{name: a, when: {time: {from: '01:00', to: '02:00', zone: No}}, do: {notify:"
            + " true}}]",
        "rules: [{name: a, when: {groups: [7]}, do: {notify: true}}]",
        "rules: [{name: a, when: {rate: {count: 0, within: 1m}}, do: {notify: true}}]",
        "rules: [{name: a, do: {notify: true}}, {name: a, do: {notify: true}}]"
      })
  void whatIsWrongIsRefusedAsAWhole(String text) {
    assertThatThrownBy(() -> RuleReader.read(text)).isInstanceOf(RuleException.class);
  }

  private static boolean matches(String when, RuledEvent event) {
    return !rules("{" + when + "}", "notify: true")
        .judge(event.event(), List.of())
        .rules()
        .isEmpty();
  }

  private static @Nullable Severity judged(RuleSet rules, RuledEvent event, int second) {
    return rules.judge(event.when(T0.plusSeconds(second)).event(), List.of()).severity();
  }

  private static boolean suppressed(RuleSet rules, RuledEvent event, int second) {
    return rules.judge(event.when(T0.plusSeconds(second)).event(), List.of()).suppressed();
  }

  private static RuleSet rules(String when, String then) {
    String what = then.startsWith("{") ? then : "{" + then + "}";
    return read("rules: [{name: tested, when: " + when + ", do: " + what + "}]");
  }

  private static RuleSet read(String yaml) {
    try {
      return RuleReader.read(yaml);
    } catch (RuleException e) {
      throw new AssertionError(yaml, e);
    }
  }
}
