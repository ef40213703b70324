package io.roadcast.jtt.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageLayoutTest {
  private static final Location PLACE =
      new Location(
          AlarmFlag.EMERGENCY.mask(),
          StatusFlag.ACC.mask() | StatusFlag.SOUTH.mask() | StatusFlag.WEST.mask(),
          22_540_000,
          114_050_000,
          30,
          605,
          180,
          TerminalTime.of(LocalDateTime.of(2026, 11, 21, 14, 0, 5)));

  private static DecodedMessage read(Jt808Message message, ProtocolVersion layout, int version)
      throws MalformedMessageException {
    Bytes body = Jt808Codec.encodeBody(message, layout);
    return Jt808Codec.decode(message.id(), body, ProtocolVersion.ofYear(version));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void registrationsOfAllEditionsAreToldApart(ProtocolVersion layout) throws Exception {
    Registration registration =
        new Registration(
            44, 300, text("ROADC"), text("SIM-1"), text("0000001"), 1, GbkText.of("粤B12345"));
    int headerVersion = layout == ProtocolVersion.V2019 ? 2019 : 2013;
    DecodedMessage read = read(registration, layout, headerVersion);
    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.message())
        .isInstanceOfSatisfying(
            Registration.class,
            same -> {
              assertThat(same.manufacturer().value()).isEqualTo("ROADC");
              assertThat(same.model().value()).isEqualTo("SIM-1");
              assertThat(same.terminalId().value()).isEqualTo("0000001");
              assertThat(same.plate()).isEqualTo(registration.plate());
            });
  }

  @Test
  void olderBodiesUnderAHeaderOf2019AreRead() throws Exception {
    Authentication code = new Authentication(text("a code"));
    assertThat(read(code, ProtocolVersion.V2013, 2019))
        .isEqualTo(new DecodedMessage(code, ProtocolVersion.V2013, Bytes.EMPTY));
    Authentication full = new Authentication(text("a code"), text("imei"), text("1.0"));
    assertThat(read(full, ProtocolVersion.V2019, 2019).layout()).isEqualTo(ProtocolVersion.V2019);
    PlatformPackageRequest request = new PlatformPackageRequest(7, List.of(2, 5));
    assertThat(read(request, ProtocolVersion.V2013, 2019))
        .isEqualTo(new DecodedMessage(request, ProtocolVersion.V2013, Bytes.EMPTY));
    assertThat(read(request, ProtocolVersion.V2019, 2019).message()).isEqualTo(request);
  }

  /** Found by searching: what was read narrow was written wide. */
  @ParameterizedTest
  @CsvSource({"V2013, 2013", "V2013, 2019", "V2019, 2019", "V2019, 2013"})
  void attributesAreReadAsWideAsTheyAre(ProtocolVersion layout, int version) throws Exception {
    for (String manufacturer : List.of("ROADC", "ROADCAST-11")) {
      AttributeAnswer answer =
          new AttributeAnswer(
              5,
              text(manufacturer),
              text("model"),
              text("7654321"),
              Bytes.ofHex("12345678901234567890"),
              text("hard"),
              text("firm"),
              3,
              32);
      DecodedMessage read = read(answer, layout, version);
      assertThat(read.layout()).isEqualTo(layout);
      assertThat(((AttributeAnswer) read.message()).manufacturer()).isEqualTo(text(manufacturer));
      assertThat(Jt808Codec.encodeBody(read.message(), layout))
          .isEqualTo(Jt808Codec.encodeBody(answer, layout));
    }
  }

  @Test
  void mediaOf2011CountTheirPartsInTheBody() throws Exception {
    MediaUpload upload =
        new MediaUpload(9, 0, 0, 1, 2, null, new MediaPart(3, 1), Bytes.of(new byte[] {1, 2}));
    assertThat(read(upload, ProtocolVersion.V2011, 2011).message()).isEqualTo(upload);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jt808Codec.encodeBody(upload, ProtocolVersion.V2013));
    MediaUploadAnswer answer = new MediaUploadAnswer(4, 9, List.of(2));
    assertThat(read(answer, ProtocolVersion.V2011, 2011).message()).isEqualTo(answer);
    MediaSearchAnswer found =
        new MediaSearchAnswer(3, List.of(new StoredMedia(null, 0, 1, 2, PLACE)));
    assertThat(read(found, ProtocolVersion.V2011, 2013))
        .isEqualTo(new DecodedMessage(found, ProtocolVersion.V2011, Bytes.EMPTY));
  }

  @Test
  void placesHaveTheirSignInTheStatus() {
    assertThat(PLACE.latitude()).isEqualTo(-22.54);
    assertThat(PLACE.longitude()).isEqualTo(-114.05);
    assertThat(PLACE.speed()).isEqualTo(60.5);
    assertThat(PLACE.positioned()).isFalse();
    assertThat(StatusFlag.of(PLACE.status()))
        .containsExactly(StatusFlag.ACC, StatusFlag.SOUTH, StatusFlag.WEST);
    assertThat(AlarmFlag.of(0x8000_8009L, ProtocolVersion.V2013))
        .containsExactly(
            AlarmFlag.EMERGENCY, AlarmFlag.DANGER_WARNING, AlarmFlag.ILLEGAL_DOOR_OPENING);
    assertThat(AlarmFlag.of(0x8000_8009L, ProtocolVersion.V2019))
        .containsExactly(
            AlarmFlag.EMERGENCY, AlarmFlag.DANGEROUS_DRIVING, AlarmFlag.TRAFFIC_VIOLATION);
    assertThat(VideoAlarmFlag.of(0b100_0001))
        .containsExactly(VideoAlarmFlag.VIDEO_SIGNAL_LOST, VideoAlarmFlag.SPECIAL_RECORDING_FULL);
  }

  @Test
  void anItemOfAWrongLengthLosesNothingElse() throws Exception {
    LocationReport report =
        new LocationReport(
            PLACE,
            List.of(
                new LocationItem(0x01, Bytes.ofHex("0000")),
                new LocationItem(0x64, Bytes.ofHex("00")),
                new LocationItem(0xEB, Bytes.EMPTY),
                new LocationItem(0x01, Bytes.ofHex("000003e8"))),
            Bytes.ofHex("25ff00"));
    LocationReport read = (LocationReport) read(report, ProtocolVersion.V2013, 2013).message();
    assertThat(read).isEqualTo(report);
    assertThat(read.mileageKilometres()).hasValue(100);
    assertThat(LocationItemValue.of(read.items().getFirst()))
        .isEqualTo(new LocationItemValue.Raw(Bytes.ofHex("0000")));
  }

  @ParameterizedTest
  @CsvSource({"0014, 20", "fffb, -5", "8005, -5", "8000, 0"})
  void temperaturesBelowZeroComeInTwoForms(String hex, int celsius) {
    assertThat(LocationItemValue.of(new LocationItem(0x06, Bytes.ofHex(hex))))
        .isEqualTo(new LocationItemValue.CompartmentTemperature(celsius));
  }

  @Test
  void timesAreKeptEvenWhereTheyAreImpossible() {
    assertThat(TerminalTime.of(Instant.parse("2026-11-21T06:00:05Z")).toHex())
        .isEqualTo("261121140005");
    assertThat(new TerminalTime(0x261121140005L).instant(TerminalTime.STANDARD_ZONE))
        .hasValue(Instant.parse("2026-11-21T06:00:05Z"));
    assertThat(TerminalTime.NONE.local()).isEmpty();
    assertThat(new TerminalTime(0x261321140005L).local()).isEmpty();
    assertThat(new TerminalTime(0x2611211400a5L).local()).isEmpty();
    assertThat(new TerminalTime(0x2611211400a5L)).hasToString("2611211400a5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TerminalTime.of(LocalDateTime.of(1999, 1, 1, 0, 0)));
  }

  @Test
  void whatIsNoGbkReadsSomehowAndIsWrittenAsItCame() throws Exception {
    Bytes nonsense = Bytes.ofHex("00ff8180ffff00");
    DecodedMessage read = Jt808Codec.decode(Authentication.ID, nonsense, ProtocolVersion.V2013);
    assertThat(((Authentication) read.message()).code().value()).isNotEmpty();
    assertThat(Jt808Codec.encodeBody(read.message(), read.layout())).isEqualTo(nonsense);
  }

  @Test
  void valuesThatDoNotFitAreTheCallersMistake() {
    TerminalAnswer answer = new TerminalAnswer(0x10000, 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jt808Codec.encodeBody(answer, ProtocolVersion.V2013));
    assertThat(Parameter.of(0x0001, 60).value()).isEqualTo(Bytes.ofHex("0000003c"));
    assertThat(Parameter.of(0x0084, 1).value()).isEqualTo(Bytes.ofHex("01"));
    assertThat(Parameter.of(0x0013, "host").value()).isEqualTo(Bytes.ofHex("686f7374"));
    assertThatIllegalArgumentException().isThrownBy(() -> Parameter.of(0x0084, 256));
    assertThatIllegalArgumentException().isThrownBy(() -> Parameter.of(0x0013, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Parameter.of(0x0001, "60"));
  }

  @Test
  void truncatedBodiesSayWhere() {
    assertThatThrownBy(
            () -> Jt808Codec.decode(LocationReport.ID, Bytes.EMPTY, ProtocolVersion.V2013))
        .isInstanceOfSatisfying(
            MalformedMessageException.class,
            malformed -> assertThat(malformed.fault()).isEqualTo(BodyFault.TRUNCATED_BODY));
  }

  private static GbkText text(String value) {
    return GbkText.of(value);
  }
}
