package io.roadcast.jtt.safety;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventReport.Phase;
import io.roadcast.events.LevelReport;
import io.roadcast.events.Reported;
import io.roadcast.events.Severity;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.TerminalClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alarms that others made and described, as events. */
class EventDecoderTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

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

  private static List<Reported> read(String body) throws Exception {
    return read(Bytes.ofHex(body), ProtocolVersion.V2013);
  }

  private static List<Reported> read(Bytes body, ProtocolVersion version) throws Exception {
    LocationEntry entry =
        new LocationEntry("139", NOW, 0x0200, 1, version, TerminalClock.Offset.NOTHING, body);
    return EventDecoder.read(entry, Ownership.Owner.NOBODY);
  }
}
