package io.roadcast.jtt.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.LevelReport;
import io.roadcast.events.Reported;
import io.roadcast.events.Severity;
import io.roadcast.jtt.jt808.Bytes;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Alarms that others made and described, as events. */
class EventDecoderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyAlarmOfTheVectorsBecomesItsEvent() throws Exception {
    int alarms = 0;
    Set<String> types = new HashSet<>();
    for (Vector vector : Vectors.positive()) {
      for (JsonNode report : reports(vector)) {
        if (vector.messageId() != 0x0200) {
          continue;
        }
        List<EventReport> events = alarms(read(vector));
        int next = 0;
        for (JsonNode item : report.path("additional")) {
          int id = Integer.decode(item.path("id").asText());
          JsonNode value = item.path("value");
          if (id < 0x64 || id > 0x67 || value.has("raw_hex")) {
            continue;
          }
          for (JsonNode wheel : id == 0x66 ? value.path("wheels") : List.of(value)) {
            for (int bit : id == 0x66 ? bits(wheel.path("alarm_bits").asInt()) : List.of(-1)) {
              EventReport event = events.get(next++);
              types.add(event.type().label());
              alarms++;
              check(vector.id(), id, value, event);
              if (id == 0x66) {
                JsonNode tyre = JSON.readTree(event.details()).path("tpms");
                assertThat(tyre.path("code").asInt()).isEqualTo(bit);
                assertThat(tyre.path("wheel")).isEqualTo(wheel.path("position"));
                assertThat(tyre.path("pressure_kpa")).isEqualTo(wheel.path("pressure_kpa"));
                assertThat(tyre.path("temperature_c")).isEqualTo(wheel.path("temperature_c"));
              }
            }
          }
        }
        assertThat(events).as(vector.id()).hasSize(next);
      }
    }
    assertThat(alarms).isGreaterThan(55);
    assertThat(types)
        .contains(
            "adas.forward_collision",
            "adas.aisle_pedestrian",
            "dsm.fatigue",
            "dsm.phone_play",
            "bsd.right",
            "tpms.temperature_high");
  }

  private static void check(String vector, int id, JsonNode value, EventReport event)
      throws Exception {
    String kind = Map.of(0x64, "adas", 0x65, "dsm", 0x66, "tpms", 0x67, "bsd").get(id);
    JsonNode details = JSON.readTree(event.details()).path(kind);
    assertThat(event.type().kind().label()).as(vector).isEqualTo(kind);
    assertThat(details.path("alarm_id").asLong()).isEqualTo(value.path("alarm_id").asLong());
    assertThat(details.path("variant")).isEqualTo(value.path("variant"));
    assertThat(details.path("speed_kmh")).isEqualTo(value.path("vehicle_speed_kmh"));
    if (id != 0x66) {
      assertThat(details.path("code")).as(vector).isEqualTo(value.path("alarm_type"));
    }
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
    }
    int files = value.path("alarm_identifier").path("attachment_count").asInt();
    assertThat(event.files() == null ? 0 : event.files().count()).isEqualTo(files);
    if (event.severity() == Severity.CRITICAL && id < 0x66) {
      assertThat(value.path("alarm_level").asInt()).isGreaterThan(1);
    }
  }

  @Test
  void videoAlarmsOfTheVectorsBecomeConditions() throws Exception {
    Map<String, Integer> seen = new TreeMap<>();
    for (Vector vector : Vectors.positive()) {
      if (vector.messageId() != 0x0200) {
        continue;
      }
      LevelReport video =
          read(vector).stream()
              .filter(LevelReport.class::isInstance)
              .map(LevelReport.class::cast)
              .filter(levels -> levels.source().equals(Conditions.VIDEO))
              .findFirst()
              .orElseThrow();
      for (EventReport each : video.present()) {
        seen.merge(each.type().label(), 1, Integer::sum);
      }
      for (JsonNode item : reports(vector).getFirst().path("additional")) {
        long channels = item.path("value").path("video_signal_lost_channel_bits").asLong();
        assertThat(video.present())
            .as(vector.id())
            .filteredOn(each -> each.type().subtype().equals("signal_lost"))
            .hasSizeGreaterThanOrEqualTo(Long.bitCount(channels));
      }
    }
    assertThat(seen.keySet())
        .contains("video.signal_lost", "video.lens_covered", "video.storage_fault", "video.phone");
  }

  @Test
  void everyCodeOfTheReferenceHasItsName() {
    Set<String> names = new HashSet<>();
    for (SafetyVariant variant : SafetyVariant.values()) {
      for (int code = 0x01; code <= 0x1F; code++) {
        names.add(AlarmName.adas(variant, code).type().label());
        names.add(AlarmName.dsm(variant, code).type().label());
        assertThat(AlarmName.adas(variant, code).type().subtype()).isNotEqualTo("unknown");
        assertThat(AlarmName.dsm(variant, code).type().subtype()).isNotEqualTo("unknown");
      }
    }
    for (int code = 1; code <= 7; code++) {
      names.add(AlarmName.driving(code).type().label());
      names.add(AlarmName.tyre(code).type().label());
    }
    for (int code = 1; code <= 3; code++) {
      names.add(AlarmName.bsd(code).type().label());
    }
    assertThat(names).hasSize(12 + 14 + 7 + 7 + 3).noneMatch(name -> name.endsWith(".unknown"));
    assertThat(AlarmName.adas(SafetyVariant.SU, 0x12).type().label()).isEqualTo("adas.custom");
    assertThat(AlarmName.adas(SafetyVariant.YUE, 0x12).type().label()).isEqualTo("adas.solid_line");
    assertThat(AlarmName.adas(SafetyVariant.SU, 0x20).type().label()).isEqualTo("adas.unknown");
  }

  @Test
  void flagsOfAnEditionAreConditionsAndReservedBitsAreUnknown() throws Exception {
    String body = "00001003" + "00000002" + "01dea8c0" + "073c2300" + "0010" + "0258" + "005a";
    LevelReport levels = flags(body + "261121080000");
    assertThat(levels.present())
        .extracting(each -> each.type().label())
        .containsExactly("alarm.emergency", "alarm.overspeed", "alarm.ic_card_fault");
    assertThat(levels.present()).extracting(EventReport::phase).containsOnly(Phase.BEGIN);
    assertThat(levels.present().getFirst().severity()).isEqualTo(Severity.CRITICAL);
    String reserved = "00008000" + body.substring(8) + "261121080000";
    assertThat(flags(reserved).present().getFirst().type().label()).isEqualTo("alarm.unknown");
  }

  @Test
  void anAlarmItemOfAnotherLengthIsKeptWithItsBytes() throws Exception {
    String body =
        "00000000"
            + "00000002"
            + "01dea8c0"
            + "073c2300"
            + "0010"
            + "0258"
            + "005a"
            + "261121080000"
            + "6505"
            + "0102030405";
    EventReport event = alarms(read(body)).getFirst();
    assertThat(event.type().label()).isEqualTo("dsm.unknown");
    assertThat(JSON.readTree(event.details()).path("raw").asText()).isEqualTo("0102030405");
  }

  private static LevelReport flags(String body) throws Exception {
    return read(body).stream()
        .filter(LevelReport.class::isInstance)
        .map(LevelReport.class::cast)
        .filter(levels -> levels.source().equals(Conditions.FLAGS))
        .findFirst()
        .orElseThrow();
  }

  private static List<EventReport> alarms(List<Reported> all) {
    return all.stream().filter(EventReport.class::isInstance).map(EventReport.class::cast).toList();
  }

  private static List<Integer> bits(int bits) {
    List<Integer> set = new ArrayList<>();
    for (int bit = 1; bit < 16; bit++) {
      if ((bits >> bit & 1) != 0) {
        set.add(bit);
      }
    }
    return set;
  }

  private static List<JsonNode> reports(Vector vector) {
    return List.of(vector.json().path("expected"));
  }

  private static List<Reported> read(Vector vector) throws Exception {
    return read(vector.bytes("body_hex"), vector.versions().getFirst());
  }

  private static List<Reported> read(String body) throws Exception {
    return read(Bytes.ofHex(body), ProtocolVersion.V2013);
  }

  private static List<Reported> read(Bytes body, ProtocolVersion version) throws Exception {
    LocationEntry entry =
        new LocationEntry("139", NOW, 0x0200, 1, version, TerminalClock.Offset.NOTHING, body);
    return EventDecoder.read(entry, Ownership.Owner.NOBODY);
  }
}
