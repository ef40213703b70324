package io.roadcast.jtt.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jsatl12.SafetyAlarm;
import java.util.List;

class Jt808CodecFuzzTest {
  /** Whatever body is read at all is written again as the same bytes. */
  @FuzzTest(maxDuration = "1m")
  void writesWhatItReads(FuzzedDataProvider data) {
    int id = data.pickValue(MessageCodecs.ids());
    ProtocolVersion version = data.pickValue(ProtocolVersion.values());
    Bytes body = Bytes.of(data.consumeRemainingAsBytes());
    DecodedMessage decoded;
    try {
      decoded = Jt808Codec.decode(id, body, version);
    } catch (MalformedMessageException malformed) {
      assertThat(malformed.getMessage()).isNotEmpty();
      return;
    }
    Bytes known = Jt808Codec.encodeBody(decoded.message(), decoded.layout());
    assertThat(known.toHex() + decoded.rest().toHex()).isEqualTo(body.toHex());
    assertThat(decoded.message().toString()).isNotEmpty();
    switch (decoded.message()) {
      case LocationReport report -> views(List.of(report));
      case LocationBatch batch -> views(batch.reports());
      case ParameterAnswer answer ->
          assertThat(answer.parameters())
              .allSatisfy(each -> assertThat(ParameterValue.of(each)).isNotNull());
      case TransparentUp up -> assertThat(PeripheralReport.of(up)).isNotNull();
      default -> {
        // Has no views.
      }
    }
  }

  private static void views(List<LocationReport> reports) {
    for (LocationReport report : reports) {
      for (LocationItem item : report.items()) {
        assertThat(LocationItemValue.of(item)).isNotNull();
        assertThat(SafetyAlarm.of(item)).isNotNull();
      }
      assertThat(report.location().latitude()).isBetween(-4295.0, 4295.0);
      assertThat(AlarmFlag.of(report.location().alarms(), ProtocolVersion.V2013)).isNotNull();
    }
  }
}
