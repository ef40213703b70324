package io.roadcast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.media.Codec;
import io.roadcast.media.ffmpeg.H264Decoder;
import io.roadcast.media.ffmpeg.I420Picture;
import io.roadcast.simulator.Receiver.Received;
import io.roadcast.simulator.picture.FrameCounterCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SimulationTest {
  private Receiver receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = new Receiver();
  }

  @AfterEach
  void close() throws Exception {
    receiver.close();
  }

  @Test
  void sendsPicturesWithoutAGapThatDecodeToConsecutiveCounters() throws Exception {
    try (Simulation simulation = Simulation.start(drawn(Sound.standard()))) {
      await().until(() -> simulation.counters().videoFrames() > 40);
    }
    List<Received> packets = receiver.packets(0);
    assertConsecutive(packets);
    assertThat(packets).allSatisfy(packet -> assertThat(packet.width()).isEqualTo(IdWidth.SIX));
    assertThat(packets).allSatisfy(packet -> assertThat(packet.body().length).isBetween(1, 950));
    List<Received> video = packets.stream().filter(packet -> packet.type().video()).toList();
    assertThat(video.getFirst().type()).isEqualTo(PacketType.I_FRAME);
    assertThat(video).extracting(Received::payloadType).containsOnly(PayloadTypes.H264);
    assertMonotonic(video);
    assertCountersCountUp(Receiver.accessUnits(packets, 1));
  }

  @Test
  void keyframesComeExactlyOncePerGop() throws Exception {
    try (Simulation simulation = Simulation.start(drawn(Sound.none()))) {
      await().until(() -> simulation.counters().keyframes() >= 3);
    }
    List<Long> times =
        receiver.packets(0).stream()
            .filter(packet -> packet.type() == PacketType.I_FRAME)
            .map(Received::timestamp)
            .distinct()
            .toList();
    for (int index = 1; index < times.size(); index++) {
      assertThat(times.get(index) - times.get(index - 1)).isEqualTo(1000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 25, 40, 100})
  void soundComesInBlocksOfTheLengthAskedFor(int millis) throws Exception {
    SimulationOptions options = drawn(new Sound(Codec.PCMU, millis));
    try (Simulation simulation = Simulation.start(options)) {
      await().until(() -> simulation.counters().soundBlocks() >= 8);
    }
    List<Received> sound =
        receiver.packets(0).stream().filter(packet -> packet.type() == PacketType.AUDIO).toList();
    assertThat(sound).extracting(Received::payloadType).containsOnly(PayloadTypes.G711_U);
    assertThat(sound).allSatisfy(packet -> assertThat(packet.body()).hasSize(millis * 8));
    for (int index = 1; index < sound.size(); index++) {
      long step = sound.get(index).timestamp() - sound.get(index - 1).timestamp();
      assertThat(step).isEqualTo(millis);
    }
  }

  @Test
  void severalTerminalsAndChannelsShareOneEncoding() throws Exception {
    SimulationOptions options = drawn(Sound.none()).withFleet(2, "013800138000", 2);
    try (Simulation simulation = Simulation.start(options)) {
      await().until(() -> simulation.counters().videoFrames() > 40);
    }
    assertThat(receiver.connections()).isEqualTo(4);
    byte[] first = Receiver.accessUnits(receiver.packets(0), channelOf(0)).getFirst();
    for (int connection = 1; connection < 4; connection++) {
      List<Received> packets = receiver.packets(connection);
      assertThat(Receiver.accessUnits(packets, channelOf(connection)).getFirst()).isEqualTo(first);
    }
    assertThat(List.of(0, 1, 2, 3))
        .extracting(index -> receiver.packets(index).getFirst().terminal() + "-" + channelOf(index))
        .containsExactlyInAnyOrder(
            "13800138000-1", "13800138000-2", "13800138001-1", "13800138001-2");
  }

  @Test
  void channelsOnOneConnectionShareTheSequence() throws Exception {
    SimulationOptions options =
        drawn(Sound.standard())
            .withFleet(1, "1", 3)
            .with(SimulationOptions.Connections.ONE_PER_TERMINAL)
            .with(IdWidth.TEN);
    try (Simulation simulation = Simulation.start(options)) {
      await().until(() -> simulation.counters().videoFrames() > 30);
    }
    assertThat(receiver.connections()).isEqualTo(1);
    List<Received> packets = receiver.packets(0);
    assertConsecutive(packets);
    assertThat(packets).extracting(Received::channel).contains(1, 2, 3);
    assertThat(packets).extracting(Received::width).containsOnly(IdWidth.TEN);
    assertThat(packets).extracting(Received::terminal).containsOnly("1");
  }

  @Test
  void lostPacketsLeaveGapsInTheSequence() throws Exception {
    SimulationOptions options = drawn(Sound.none()).with(new Impairment(10, 0, 7));
    try (Simulation simulation = Simulation.start(options)) {
      await().until(() -> simulation.counters().packetsLost() > 5);
    }
    List<Received> packets = receiver.packets(0);
    int missing = packets.getLast().sequence() - packets.getFirst().sequence() + 1 - packets.size();
    assertThat(missing).isPositive();
  }

  @Test
  void datagramsHoldOnePacketEach() throws Exception {
    SimulationOptions options =
        withPort(drawn(Sound.standard()), receiver.udpPort()).with(Transport.UDP);
    try (Simulation simulation = Simulation.start(options)) {
      await().until(() -> receiver.datagrams().size() > 60);
    }
    int sequence = 0;
    for (byte[] datagram : receiver.datagrams()) {
      int at = sequence++;
      assertThat(datagram.length).isLessThanOrEqualTo(34 + 950);
      assertThat((datagram[6] & 0xff) << 8 | datagram[7] & 0xff).isEqualTo(at);
    }
  }

  @Test
  void comesBackByItselfAndBeginsWithAKeyframe() throws Exception {
    try (Simulation simulation = Simulation.start(drawn(Sound.none()))) {
      await().until(() -> !receiver.packets(0).isEmpty());
      receiver.closeConnections();
      await().until(() -> !receiver.packets(1).isEmpty());
      simulation.disconnect("13912345678");
      await().until(() -> simulation.counters().connected() == 0);
      simulation.reconnect("13912345678");
      await().until(() -> !receiver.packets(2).isEmpty());
    }
    for (int connection = 0; connection < 3; connection++) {
      Received first = receiver.packets(connection).getFirst();
      assertThat(first.type()).isEqualTo(PacketType.I_FRAME);
      assertThat(first.sequence()).isZero();
    }
  }

  private int channelOf(int connection) {
    return receiver.packets(connection).getFirst().channel();
  }

  private SimulationOptions drawn(Sound sound) {
    return SimulationOptions.to("127.0.0.1", receiver.port())
        .with(new Source.Drawn(320, 180, 25, 1000, 200_000, 1, sound));
  }

  private static SimulationOptions withPort(SimulationOptions options, int port) {
    return SimulationOptions.to("127.0.0.1", port).with(options.source());
  }

  private static void assertConsecutive(List<Received> packets) {
    for (int index = 0; index < packets.size(); index++) {
      assertThat(packets.get(index).sequence()).isEqualTo(index & 0xffff);
    }
  }

  private static void assertMonotonic(List<Received> packets) {
    for (int index = 1; index < packets.size(); index++) {
      long step = packets.get(index).timestamp() - packets.get(index - 1).timestamp();
      assertThat(step).isIn(0L, 40L);
    }
  }

  private static void assertCountersCountUp(List<byte[]> units) {
    int next = 0;
    try (H264Decoder decoder = new H264Decoder()) {
      for (byte[] unit : units) {
        I420Picture picture = decoder.decode(unit).getFirst();
        int counter = FrameCounterCode.read(picture.luma(), 320, 180).orElseThrow().counter();
        assertThat(counter).isEqualTo(next++);
      }
    }
    assertThat(next).isGreaterThan(30);
  }
}
