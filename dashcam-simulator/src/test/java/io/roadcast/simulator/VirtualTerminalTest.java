package io.roadcast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt808.AttributeAnswer;
import io.roadcast.jtt.jt808.AttributeQuery;
import io.roadcast.jtt.jt808.AudioVideoAttributes;
import io.roadcast.jtt.jt808.AudioVideoQuery;
import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.CameraShot;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Heartbeat;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.jtt.jt808.LiveRequest;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationQuery;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.Parameter;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterSelection;
import io.roadcast.jtt.jt808.ParameterWrite;
import io.roadcast.jtt.jt808.PlatformPackageRequest;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.PtzWiper;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.jtt.jt808.TextMessage;
import io.roadcast.jtt.jt808.TransparentUp;
import io.roadcast.simulator.Receiver.Received;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class VirtualTerminalTest {
  private static final String TERMINAL = "13912345678";

  private Receiver receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = new Receiver();
  }

  @AfterEach
  void close() throws Exception {
    receiver.close();
  }

  @ParameterizedTest
  @EnumSource
  void registersAuthenticatesAndTellsWhereItDrives(ProtocolVersion version) throws Exception {
    try (Platform platform = new Platform(version);
        Simulation simulation = start(platform.signalling())) {
      await().until(() -> platform.received(LocationReport.class).size() > 3);
      await().until(() -> !platform.received(Heartbeat.class).isEmpty());
      Platform.Received first = platform.all().getFirst();
      assertThat(first.header().phone().digits()).isEqualTo(TERMINAL);
      assertThat(first.message()).isInstanceOf(Registration.class);
      Registration registration = platform.received(Registration.class).getFirst();
      assertThat(registration.plate().value()).isEqualTo("RC-1024");
      assertThat(platform.received(Authentication.class).getFirst().code().value())
          .isEqualTo(Platform.CODE);
      LocationReport report = platform.received(LocationReport.class).getLast();
      assertThat(report.location().positioned()).isTrue();
      assertThat(report.location().latitude()).isBetween(31.1, 31.4);
      assertThat(report.location().longitude()).isBetween(121.3, 121.6);
      assertThat(report.location().speed()).isBetween(50.0, 90.0);
      assertThat(report.mileageKilometres().orElseThrow()).isGreaterThanOrEqualTo(18_000);
      assertThat(age(report)).isLessThan(Duration.ofSeconds(30));
      assertThat(simulation.signalling().online()).isEqualTo(1);
      assertThat(simulation.counters().connects()).isZero();
    }
  }

  @Test
  void speaksOverDatagramsToo() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2019);
        Simulation simulation = start(platform.signallingByDatagrams())) {
      await().until(() -> platform.received(LocationReport.class).size() > 3);
      assertThat(platform.resultOf(text())).isZero();
      assertThat(simulation.signalling().commands()).isEqualTo(1);
    }
  }

  @Test
  void sendsWhatItCouldNotSendWhenItIsBack() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2013);
        Simulation simulation = start(platform.signalling())) {
      platform.awaitMessage(LocationReport.class);
      platform.acknowledging = false;
      int before = platform.received(LocationReport.class).size();
      await().until(() -> platform.received(LocationReport.class).size() > before + 2);
      platform.dropConnection();
      LocationBatch batch = platform.awaitMessage(LocationBatch.class);
      assertThat(batch.type()).isEqualTo(LocationBatch.BACKLOG);
      assertThat(batch.reports()).hasSizeGreaterThanOrEqualTo(3);
      assertThat(platform.received(Registration.class)).hasSize(1);
      assertThat(platform.received(Authentication.class)).hasSize(2);
      assertThat(simulation.signalling().lateReports()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void staysAwayUntilItMayComeBack() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2013);
        Simulation simulation = start(platform.signalling())) {
      platform.awaitMessage(LocationReport.class);
      simulation.disconnect(TERMINAL);
      await().until(() -> simulation.signalling().online() == 0);
      simulation.reconnect(TERMINAL);
      await().until(() -> simulation.signalling().online() == 1);
      assertThat(simulation.signalling().authentications()).isEqualTo(2);
    }
  }

  @Test
  void answersWhatItIsAsked() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2019);
        Simulation simulation = start(platform.signalling())) {
      platform.awaitMessage(LocationReport.class);
      Parameter interval = new Parameter(0x0029, Bytes.ofHex("00000007"));
      assertThat(platform.resultOf(new ParameterWrite(List.of(interval)))).isZero();
      int asked = platform.send(new ParameterSelection(List.of(0x0029L, 0x9999L)));
      ParameterAnswer parameters = platform.awaitMessage(ParameterAnswer.class);
      assertThat(parameters).isEqualTo(ParameterAnswer.of(asked, List.of(interval)));
      platform.send(new AttributeQuery());
      assertThat(platform.awaitMessage(AttributeAnswer.class).model().value())
          .isEqualTo("SIMULATOR");
      platform.send(new LocationQuery());
      assertThat(platform.awaitMessage(LocationAnswer.class).report().location().positioned())
          .isTrue();
      platform.send(new AudioVideoQuery());
      assertThat(platform.awaitMessage(AudioVideoAttributes.class).maxVideoChannels()).isEqualTo(2);
      platform.send(PeripheralReport.question(PeripheralReport.DESCRIPTION, List.of(0x64, 0x65)));
      assertThat(PeripheralReport.of(platform.awaitMessage(TransparentUp.class)))
          .get(InstanceOfAssertFactories.type(PeripheralReport.Descriptions.class))
          .satisfies(
              told ->
                  assertThat(told.peripherals())
                      .extracting(each -> each.product().value())
                      .containsExactly("SIMULATOR", "SIMULATOR"));
      assertThat(platform.resultOf(text())).isZero();
      assertThat(platform.resultOf(new PtzWiper(1, 1))).isEqualTo(CommandAnswers.NOT_SUPPORTED);
      assertThat(simulation.signalling().commands()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAPhoto(ProtocolVersion version) throws Exception {
    try (Platform platform = new Platform(version);
        Simulation simulation = start(platform.signalling())) {
      platform.awaitMessage(LocationReport.class);
      int asked = platform.send(new CameraShot(1, 1, 0, 0, 2, 5, 128, 64, 64, 128));
      CameraShotAnswer answer = platform.awaitMessage(CameraShotAnswer.class);
      assertThat(answer).isEqualTo(new CameraShotAnswer(asked, 0, List.of(1L)));
      await().until(() -> simulation.signalling().photos() > 0);
      await().until(() -> photo(platform).length > 5_000);
      var picture = ImageIO.read(new ByteArrayInputStream(photo(platform)));
      assertThat(picture.getWidth()).isEqualTo(640);
      assertThat(picture.getHeight()).isEqualTo(480);
    }
  }

  @Test
  void sendsPartsAgain() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2013);
        Simulation simulation = start(platform.signalling())) {
      platform.awaitMessage(LocationReport.class);
      platform.send(new CameraShot(2, 1, 0, 0, 1, 5, 128, 64, 64, 128));
      platform.awaitMessage(MediaUpload.class);
      Platform.Received whole =
          platform.all().stream()
              .filter(each -> each.message() instanceof MediaUpload)
              .findFirst()
              .orElseThrow();
      int first = whole.header().serial() - whole.header().packageIndex() + 1;
      platform.send(new PlatformPackageRequest(first, List.of(2)));
      await().until(() -> platform.received(MediaUpload.class).size() == 2);
      assertThat(platform.received(MediaUpload.class).getLast())
          .isEqualTo(platform.received(MediaUpload.class).getFirst());
      assertThat(simulation.signalling().photos()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsVideoWhileItIsAskedTo(Transport transport) throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2013);
        Simulation simulation = Simulation.start(options(platform.signalling()).with(transport))) {
      platform.awaitMessage(LocationReport.class);
      assertThat(receiver.connections()).isZero();
      assertThat(platform.resultOf(live(2, 0))).isZero();
      await().until(() -> picturePackets(transport) > 20 && packets(transport).size() > 40);
      List<Received> packets = packets(transport);
      assertThat(packets).extracting(Received::terminal).containsOnly(TERMINAL);
      assertThat(packets).extracting(Received::channel).containsOnly(2);
      assertThat(packets).extracting(Received::type).contains(PacketType.AUDIO);
      assertThat(packets.stream().filter(packet -> packet.type().video()).findFirst())
          .hasValueSatisfying(first -> assertThat(first.type()).isEqualTo(PacketType.I_FRAME));
      assertThat(simulation.signalling().live()).isEqualTo(1);
      assertThat(platform.resultOf(new LiveControl(2, 0, 0, 0))).isZero();
      assertThat(simulation.signalling().live()).isZero();
      await().until(() -> simulation.counters().connected() == 0);
    }
  }

  @Test
  void pausesResumesAndSwitchesToTheSubStream() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2013);
        Simulation simulation = start(platform.signalling())) {
      platform.awaitMessage(LocationReport.class);
      platform.resultOf(live(1, 0));
      await().until(() -> simulation.counters().videoFrames() > 10);
      platform.resultOf(new LiveControl(1, 2, 0, 0));
      long paused = simulation.counters().keyframes();
      assertThat(simulation.signalling().live()).isEqualTo(1);
      platform.resultOf(new LiveControl(1, 3, 0, 0));
      await().until(() -> simulation.counters().keyframes() > paused);
      long resumed = simulation.counters().keyframes();
      platform.resultOf(new LiveControl(1, 1, 0, 1));
      await().until(() -> simulation.counters().keyframes() > resumed);
      assertThat(receiver.connections()).isEqualTo(1);
      assertThat(simulation.signalling().liveRequests()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatTheServerEndsIsNotMadeAgain() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2013);
        Simulation simulation = start(platform.signalling())) {
      platform.awaitMessage(LocationReport.class);
      platform.resultOf(live(1, 0));
      await().until(() -> simulation.counters().videoFrames() > 5);
      receiver.closeConnections();
      await().until(() -> simulation.signalling().live() == 0);
      assertThat(receiver.connections()).isEqualTo(1);
      platform.resultOf(live(1, 0));
      await().until(() -> receiver.connections() == 2);
    }
  }

  @Test
  void doesAmissWhatItIsToldTo() throws Exception {
    try (Platform platform = new Platform(ProtocolVersion.V2013);
        Simulation simulation =
            start(
                platform
                    .signalling()
                    .with(
                        Behaviour.good()
                            .refusing(LiveRequest.ID)
                            .notAnswering(AttributeQuery.ID)
                            .withClockAhead(Duration.ofDays(365))
                            .withAlarms(0b11)))) {
      LocationReport report = platform.awaitMessage(LocationReport.class);
      assertThat(report.location().alarms()).isEqualTo(0b11);
      assertThat(age(report)).isLessThan(Duration.ofDays(-364));
      assertThat(platform.resultOf(live(1, 0))).isEqualTo(CommandAnswers.FAILED);
      platform.send(new AttributeQuery());
      assertThat(platform.resultOf(text())).isZero();
      assertThat(platform.received(AttributeAnswer.class)).isEmpty();
      simulation.behave(TERMINAL, Behaviour.good().with(Behaviour.Media.SILENT));
      assertThat(platform.resultOf(live(1, 0))).isZero();
      await().until(() -> receiver.connections() == 1);
      assertThat(platform.resultOf(live(9, 0))).isEqualTo(CommandAnswers.FAILED);
      assertThat(simulation.counters().videoFrames()).isZero();
    }
  }

  private static TextMessage text() {
    return new TextMessage(0b110, TextMessage.NOTICE, GbkText.of("turn back"));
  }

  private LiveRequest live(int channel, int stream) {
    return new LiveRequest(
        GbkText.of("127.0.0.1"), receiver.port(), receiver.udpPort(), channel, 0, stream);
  }

  private List<Received> packets(Transport transport) {
    return switch (transport) {
      case TCP -> receiver.packets(0);
      case UDP ->
          receiver.datagrams().stream()
              .flatMap(datagram -> Receiver.parse(datagram).stream())
              .toList();
    };
  }

  private long picturePackets(Transport transport) {
    return packets(transport).stream().filter(packet -> packet.type().video()).count();
  }

  private static byte[] photo(Platform platform) {
    var all = new ByteArrayOutputStream();
    platform.received(MediaUpload.class).forEach(upload -> all.writeBytes(upload.data().toArray()));
    return all.toByteArray();
  }

  private static Duration age(LocationReport report) {
    Instant at = report.location().time().instant(TerminalTime.STANDARD_ZONE).orElseThrow();
    return Duration.between(at, Instant.now());
  }

  private Simulation start(Signalling signalling) throws Exception {
    return Simulation.start(options(signalling));
  }

  private static SimulationOptions options(Signalling signalling) {
    return SimulationOptions.to("127.0.0.1", 1)
        .withFleet(1, TERMINAL, 2)
        .with(new Source.Drawn(320, 180, 25, 1000, 200_000, 1, Sound.standard()))
        .with(signalling);
  }
}
