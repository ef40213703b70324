package io.roadcast.jtt.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.LevelReport;
import io.roadcast.events.Reported;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.jtt.jt808.Vectors;
import io.roadcast.jtt.jt808.Vectors.Vector;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.TerminalClock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alarms that others made and described, as events: every item and every flag of every report. */
class AlarmVectorsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> LOCATIONS = Set.of(0x0200, 0x0201, 0x0500, 0x0704);
  private static final int DRIVING = 0x70;
  private static final Map<Integer, String> KINDS =
      Map.of(0x64, "adas", 0x65, "dsm", 0x66, "tpms", 0x67, "bsd", DRIVING, "driving");

  /** By bit, where an edition has another meaning behind a slash; - where it is reserved. */
  private static final List<String> FLAGS =
      """
      emergency overspeed fatigue danger_warning/dangerous_driving gnss_fault gnss_antenna_open
      gnss_antenna_short power_low power_lost display_fault speech_fault camera_fault ic_card_fault
      overspeed_warning fatigue_warning -/traffic_violation -/tyre_pressure -/right_turn_blind_area
      daily_driving_time parked_too_long area route section_time off_route speed_sensor_fault
      fuel_abnormal stolen illegal_ignition illegal_movement collision rollover
      illegal_door_opening/-
      """
          .lines()
          .flatMap(line -> List.of(line.split(" ")).stream())
          .toList();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # T/JSATL 12-2017 and T/GDRTA 002-2020 by the reference: kind, code, Su-biao, Yue-biao
          adas, 0x01, forward_collision, forward_collision
          adas, 0x02, lane_departure, lane_departure
          adas, 0x03, headway, headway
          adas, 0x04, pedestrian, pedestrian
          adas, 0x05, frequent_lane_change, frequent_lane_change
          adas, 0x06, sign_violation, sign_violation
          adas, 0x07, obstacle, obstacle
          adas, 0x08-0x0F, custom, custom
          adas, 0x10, sign_recognised, sign_recognised
          adas, 0x11, capture, capture
          adas, 0x12, custom, solid_line
          adas, 0x13, custom, aisle_pedestrian
          adas, 0x14-0x1F, custom, custom
          adas, 0x20-0xFF, unknown, unknown
          dsm, 0x01, fatigue, fatigue
          dsm, 0x02, phone, phone
          dsm, 0x03, smoking, smoking
          dsm, 0x04, distraction, distraction
          dsm, 0x05, driver_abnormal, driver_abnormal
          dsm, 0x06, custom, lens_covered
          dsm, 0x07, custom, custom
          dsm, 0x08, custom, overtime
          dsm, 0x09, custom, custom
          dsm, 0x0A, custom, seat_belt
          dsm, 0x0B, custom, sunglasses
          dsm, 0x0C, custom, hands_off
          dsm, 0x0D, custom, phone_play
          dsm, 0x0E-0x0F, custom, custom
          dsm, 0x10, capture, capture
          dsm, 0x11, driver_change, driver_change
          dsm, 0x12-0x1F, custom, custom
          dsm, 0x20-0xFF, unknown, unknown
          bsd, 0x01, rear, rear
          bsd, 0x02, left, left
          bsd, 0x03, right, right
          bsd, 0x04-0xFF, unknown, unknown
          tpms, 0x01, pressure_high, pressure_high
          tpms, 0x02, pressure_low, pressure_low
          tpms, 0x03, temperature_high, temperature_high
          tpms, 0x04, sensor, sensor
          tpms, 0x05, unbalanced, unbalanced
          tpms, 0x06, slow_leak, slow_leak
          tpms, 0x07, battery, battery
          tpms, 0x08-0x0F, custom, custom
          driving, 0x01, hard_acceleration, hard_acceleration
          driving, 0x02, hard_braking, hard_braking
          driving, 0x03, sharp_turn, sharp_turn
          driving, 0x04, idling, idling
          driving, 0x05, engine_stop, engine_stop
          driving, 0x06, coasting, coasting
          driving, 0x07, engine_overspeed, engine_overspeed
          driving, 0x08-0xFF, unknown, unknown
          """)
  void everyCodeOfTheReferenceHasItsName(String kind, String codes, String su, String yue) {
    String[] ends = codes.split("-");
    for (int code = Integer.decode(ends[0]);
        code <= Integer.decode(ends[ends.length - 1]);
        code++) {
      assertThat(name(kind, SafetyVariant.SU, code)).isEqualTo(kind + "." + su);
      assertThat(name(kind, SafetyVariant.YUE, code)).isEqualTo(kind + "." + yue);
    }
  }

  private static String name(String kind, SafetyVariant variant, int code) {
    AlarmName name =
        switch (kind) {
          case "adas" -> AlarmName.adas(variant, code);
          case "dsm" -> AlarmName.dsm(variant, code);
          case "bsd" -> AlarmName.bsd(code);
          case "tpms" -> AlarmName.tyre(code);
          default -> AlarmName.driving(code);
        };
    return name.type().label();
  }

  @Test
  void everyAlarmItemOfEveryReportIsAnEventOfItsValues() throws Exception {
    int alarms = 0;
    Set<String> forms = new TreeSet<>();
    for (Vector vector : Vectors.positive()) {
      if (!LOCATIONS.contains(vector.messageId())) {
        continue;
      }
      for (ProtocolVersion version : vector.versions()) {
        List<EventReport> events = alarms(read(vector, version));
        int next = 0;
        for (JsonNode item :
            vector.json().path("expected").findValues("additional").stream()
                .flatMap(JsonNode::valueStream)
                .toList()) {
          int id = Integer.decode(item.path("id").asText());
          JsonNode value = item.path("value");
          if (!KINDS.containsKey(id) || value.has("raw_hex")) {
            continue;
          }
          forms.add(KINDS.get(id) + " " + value.path("variant").asText());
          for (JsonNode wheel : id == 0x66 ? value.path("wheels") : List.of(value)) {
            for (int code : codes(id, wheel)) {
              EventReport event = events.get(next++);
              alarms++;
              assertAlarm(vector.id(), id, code, value, event);
              if (id == 0x66) {
                assertWheel(vector.id(), wheel, event);
              }
            }
          }
        }
        assertThat(events).as(vector.id()).hasSize(next);
      }
    }
    System.out.println(alarms + " alarms of vectors: " + forms);
    assertThat(alarms).isGreaterThan(55);
    assertThat(forms)
        .contains("adas su", "adas yue", "dsm su", "dsm yue", "bsd su", "bsd yue", "tpms su");
  }

  private static List<Integer> codes(int id, JsonNode value) {
    if (id != 0x66) {
      return List.of(value.path("alarm_type").asInt());
    }
    List<Integer> bits = new ArrayList<>();
    for (int bit = 1; bit < 16; bit++) {
      if ((value.path("alarm_bits").asInt() >> bit & 1) != 0) {
        bits.add(bit);
      }
    }
    return bits;
  }

  private static void assertAlarm(
      String vector, int id, int code, JsonNode value, EventReport event) throws Exception {
    String kind = Objects.requireNonNull(KINDS.get(id));
    JsonNode details = JSON.readTree(event.details()).path(kind);
    SafetyVariant variant =
        value.path("variant").asText().equals("yue") ? SafetyVariant.YUE : SafetyVariant.SU;
    assertThat(event.type().label()).as(vector).isEqualTo(name(kind, variant, code));
    assertThat(details.path("code").asInt()).as(vector).isEqualTo(code);
    assertThat(details.path("alarm_id").asLong()).isEqualTo(value.path("alarm_id").asLong());
    assertThat(details.path("variant")).isEqualTo(value.path("variant"));
    assertThat(details.path("speed_kmh")).isEqualTo(value.path("vehicle_speed_kmh"));
    int state = value.path("flag_state").asInt();
    assertThat(event.phase())
        .isEqualTo(state == 1 ? Phase.BEGIN : state == 2 ? Phase.END : Phase.POINT);
    JsonNode time = value.path("time");
    if (time.isTextual()) {
      assertThat(event.deviceTime())
          .isEqualTo(OffsetDateTime.parse(time.asText()).toLocalDateTime());
    }
    if (event.place() != null && value.path("latitude").asInt() != 0) {
      assertThat(Math.abs(event.place().latitude()) * 1e6)
          .isCloseTo(value.path("latitude").asDouble(), within(0.5));
      assertThat(Math.abs(event.place().longitude()) * 1e6)
          .isCloseTo(value.path("longitude").asDouble(), within(0.5));
      assertThat(event.place().altitude()).isEqualTo(value.path("altitude_m").asInt());
    }
    int files = value.path("alarm_identifier").path("attachment_count").asInt();
    assertThat(event.files() == null ? 0 : event.files().count()).isEqualTo(files);
    int status = value.path("vehicle_status").asInt();
    assertThat(details.at("/vehicle/acc").asBoolean()).isEqualTo((status & 1) != 0);
    assertThat(details.at("/vehicle/brake").asBoolean()).isEqualTo((status & 16) != 0);
    assertThat(details.at("/vehicle/positioned").asBoolean()).isEqualTo((status & 1024) != 0);
    if (id <= 0x65) {
      assertThat(details.path("level")).as(vector).isEqualTo(value.path("alarm_level"));
    }
    assertOwnFields(vector, id, code, value, details);
  }

  /** What only some types have. */
  private static void assertOwnFields(
      String vector, int id, int code, JsonNode value, JsonNode details) {
    if (id == 0x65 && code == 1) {
      assertThat(details.path("fatigue")).as(vector).isEqualTo(value.path("fatigue_level"));
    }
    if (id == 0x64 && code <= 2) {
      assertThat(details.path("speed_ahead_kmh")).isEqualTo(value.path("front_vehicle_speed_kmh"));
    }
    if (id == 0x64 && (code <= 2 || code == 4)) {
      assertThat(details.path("time_ahead_s").asDouble() * 10)
          .isCloseTo(value.path("front_distance_100ms").asDouble(), within(0.001));
    }
    if (id == 0x64 && code == 2) {
      int side = value.path("deviation_side").asInt();
      assertThat(details.path("side").asText())
          .isEqualTo(side == 1 ? "left" : side == 2 ? "right" : "unknown");
    }
    if (id == 0x64 && (code == 0x06 || code == 0x10)) {
      List<String> signs =
          List.of(
              "unknown", "speed_limit", "height_limit", "weight_limit", "no_entry", "no_parking");
      int sign = value.path("road_sign_type").asInt();
      assertThat(details.path("sign").asText())
          .isEqualTo(sign < signs.size() ? signs.get(sign) : "unknown");
      assertThat(details.path("sign_value")).isEqualTo(value.path("road_sign_value"));
    }
  }

  private static void assertWheel(String vector, JsonNode wheel, EventReport event)
      throws Exception {
    JsonNode tyre = JSON.readTree(event.details()).path("tpms");
    assertThat(tyre.path("wheel")).as(vector).isEqualTo(wheel.path("position"));
    assertThat(tyre.path("pressure_kpa")).isEqualTo(wheel.path("pressure_kpa"));
    assertThat(tyre.path("temperature_c")).isEqualTo(wheel.path("temperature_c"));
    assertThat(tyre.path("battery_percent")).isEqualTo(wheel.path("battery_percent"));
  }

  @Test
  void everyAlarmFlagOfEveryReportIsACondition() throws Exception {
    Set<String> seen = new TreeSet<>();
    Set<Integer> messages = new TreeSet<>();
    for (Vector vector : Vectors.positive()) {
      if (!LOCATIONS.contains(vector.messageId())) {
        continue;
      }
      List<JsonNode> flags = vector.json().path("expected").findValues("alarm_flags");
      for (ProtocolVersion version : vector.versions()) {
        List<LevelReport> levels = levels(read(vector, version), Conditions.FLAGS);
        assertThat(levels).as(vector.id()).hasSameSizeAs(flags);
        for (int i = 0; i < flags.size(); i++) {
          List<String> wanted = names(flags.get(i).asLong(), version);
          assertThat(levels.get(i).present())
              .as(vector.id() + " in " + version)
              .extracting(each -> each.type().label())
              .filteredOn(label -> !label.endsWith("_abnormal") || label.contains("fuel"))
              .containsExactlyInAnyOrderElementsOf(wanted);
          seen.addAll(wanted);
          if (!wanted.isEmpty()) {
            messages.add(vector.messageId());
          }
        }
      }
    }
    System.out.println("flags of vectors: " + seen);
    assertThat(messages).containsExactlyInAnyOrderElementsOf(LOCATIONS);
  }

  private static List<String> names(long bits, ProtocolVersion version) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < 32; bit++) {
      if ((bits >> bit & 1) != 0) {
        String[] editions = FLAGS.get(bit).split("/");
        String name = editions[version == ProtocolVersion.V2019 ? editions.length - 1 : 0];
        names.add("alarm." + (name.equals("-") ? "unknown" : name));
      }
    }
    return names;
  }

  @Test
  void everyVideoAlarmOfEveryReportIsACondition() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (Vector vector : Vectors.positive()) {
      if (!LOCATIONS.contains(vector.messageId())) {
        continue;
      }
      ProtocolVersion version = vector.versions().getFirst();
      List<LevelReport> levels = levels(read(vector, version), Conditions.VIDEO);
      List<JsonNode> reports = vector.json().path("expected").findParents("alarm_flags");
      for (int i = 0; i < reports.size(); i++) {
        List<String> wanted = video(reports.get(i).path("additional"));
        assertThat(levels.get(i).present())
            .as(vector.id())
            .extracting(each -> each.type().label())
            .containsExactlyInAnyOrderElementsOf(wanted);
        seen.addAll(wanted);
      }
    }
    System.out.println("video alarms of vectors: " + seen);
    assertThat(seen)
        .contains("video.signal_lost", "video.lens_covered", "video.storage_fault", "video.phone");
  }

  /** JT/T 1078-2016 table 13: the bits of 0x14, and how many each of 0x15 to 0x18 tells apart. */
  private static List<String> video(JsonNode items) {
    long bits = 0;
    int lost = 0;
    int covered = 0;
    int storage = 0;
    int driving = 0;
    for (JsonNode item : items) {
      JsonNode value = item.path("value");
      bits |= value.path("video_alarm_bits").asLong();
      lost += Long.bitCount(value.path("video_signal_lost_channel_bits").asLong());
      covered += Long.bitCount(value.path("video_signal_blocked_channel_bits").asLong());
      storage += Long.bitCount(value.path("storage_failure_bits").asLong());
      driving |= value.path("abnormal_driving_bits").asInt();
    }
    List<String> names = new ArrayList<>();
    add(names, "signal_lost", lost, bits & 1);
    add(names, "lens_covered", covered, bits & 2);
    add(names, "storage_fault", storage, bits & 4);
    add(names, "equipment_fault", 0, bits & 8);
    add(names, "passenger_overload", 0, bits & 16);
    add(names, "special_recording_full", 0, bits & 64);
    List<String> behaviours = List.of("fatigue", "phone", "smoking");
    for (int bit = 0; bit < 16; bit++) {
      if ((driving >> bit & 1) != 0) {
        names.add("video." + (bit < 3 ? behaviours.get(bit) : "abnormal_driving"));
      }
    }
    add(names, "abnormal_driving", 0, driving == 0 ? bits & 32 : 0);
    for (int bit = 7; bit < 32; bit++) {
      add(names, "unknown", 0, bits >> bit & 1);
    }
    return names;
  }

  private static void add(List<String> names, String name, int count, long flag) {
    for (int i = 0; i < Math.max(count, flag == 0 ? 0 : 1); i++) {
      names.add("video." + name);
    }
  }

  private static List<EventReport> alarms(List<Reported> all) {
    return all.stream().filter(EventReport.class::isInstance).map(EventReport.class::cast).toList();
  }

  private static List<LevelReport> levels(List<Reported> all, String source) {
    return all.stream()
        .filter(LevelReport.class::isInstance)
        .map(LevelReport.class::cast)
        .filter(each -> each.source().equals(source))
        .toList();
  }

  private static List<Reported> read(Vector vector, ProtocolVersion version) throws Exception {
    LocationEntry entry =
        new LocationEntry(
            "139",
            NOW,
            vector.messageId(),
            1,
            version,
            TerminalClock.Offset.NOTHING,
            vector.bytes("body_hex"));
    return EventDecoder.read(entry, Ownership.Owner.NOBODY);
  }
}
