package io.roadcast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.roadcast.jtt.jt1078.IdWidth;
import io.roadcast.jtt.jt1078.Jt1078PacketEncoder;
import io.roadcast.jtt.jt1078.PacketType;
import io.roadcast.jtt.jt1078.PayloadTypes;
import io.roadcast.jtt.jt1078.TerminalId;
import io.roadcast.simulator.Receiver.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class ReplayTest {
  private static final long FIRST_TIMESTAMP = 607_775_195_621L;
  private static final int FRAMES = 20;

  @TempDir private Path directory;
  private Receiver receiver;
  private Path file;

  @BeforeEach
  void listen() throws Exception {
    receiver = new Receiver();
    file = Files.write(directory.resolve("terminal.bin"), recording());
  }

  @AfterEach
  void close() throws Exception {
    receiver.close();
  }

  @Test
  void roundsFollowEachOtherWithoutABreakInTimeOrSequence() throws Exception {
    Source.Replayed source =
        new Source.Replayed(file, 40, Source.Ids.OF_TERMINAL, Source.Rounds.ENDLESS);
    SimulationOptions options =
        SimulationOptions.to("127.0.0.1", receiver.port()).with(source).with(IdWidth.TEN);
    try (Simulation simulation = Simulation.start(options)) {
      await().until(() -> simulation.counters().keyframes() >= 4);
      await().until(() -> receiver.packets(0).size() > 3);
    }
    List<Received> packets = receiver.packets(0);
    assertThat(packets).extracting(Received::terminal).containsOnly("13912345678");
    assertThat(packets).extracting(Received::width).containsOnly(IdWidth.TEN);
    assertThat(packets).extracting(Received::channel).containsOnly(1);
    assertThat(packets.getFirst().timestamp()).isEqualTo(FIRST_TIMESTAMP);
    for (int index = 1; index < packets.size(); index++) {
      Received one = packets.get(index - 1);
      Received next = packets.get(index);
      assertThat(next.sequence()).isEqualTo(one.sequence() + 1 & 0xffff);
      assertThat(next.timestamp() - one.timestamp()).isIn(0L, 40L);
    }
  }

  @Test
  void idsOfTheFileCanBeKept() throws Exception {
    Source.Replayed source = new Source.Replayed(file, 40, Source.Ids.OF_FILE, Source.Rounds.ONCE);
    SimulationOptions options = SimulationOptions.to("127.0.0.1", receiver.port()).with(source);
    try (Simulation simulation = Simulation.start(options)) {
      await().until(() -> !simulation.isRunning());
      await().until(() -> receiver.bytes(0).length == recording().length);
    }
    assertThat(receiver.bytes(0)).isEqualTo(recording());
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void feederPushesTheFileByteForByte(Transport transport) throws Exception {
    int port = transport == Transport.TCP ? receiver.port() : receiver.udpPort();
    CaptureFeeder.Options options =
        CaptureFeeder.Options.of(file, "127.0.0.1", port).with(transport).withSpeed(40);
    try (CaptureFeeder feeder = CaptureFeeder.start(options)) {
      feeder.awaitEnd(Duration.ofSeconds(20));
      assertThat(feeder.bytesSent()).isEqualTo(recording().length);
      await().until(() -> bytesOver(transport).length == recording().length);
    }
    assertThat(bytesOver(transport)).isEqualTo(recording());
  }

  @Test
  void feederStopsInAPauseAndStartsANewConnectionWithAPacket() throws Exception {
    CaptureFeeder.Options options =
        CaptureFeeder.Options.of(file, "127.0.0.1", receiver.port())
            .withSpeed(4)
            .with(Source.Rounds.ENDLESS)
            .withTerminal("42");
    try (CaptureFeeder feeder = CaptureFeeder.start(options)) {
      await().until(() -> feeder.packetsSent() > 5);
      feeder.pause();
      feeder.disconnect();
      feeder.reconnect();
      await().until(() -> !receiver.packets(1).isEmpty());
    }
    assertThat(receiver.bytes(1)).startsWith(0x30, 0x31, 0x63, 0x64);
    assertThat(receiver.packets(1).getFirst().terminal()).isEqualTo("42");
  }

  @Test
  void refusesAFileWithoutPackets() throws Exception {
    Path noise = Files.write(directory.resolve("noise.bin"), new byte[5000]);
    CaptureFeeder.Options options = CaptureFeeder.Options.of(noise, "127.0.0.1", receiver.port());
    assertThatThrownBy(() -> CaptureFeeder.start(options)).isInstanceOf(IOException.class);
  }

  private byte[] bytesOver(Transport transport) {
    if (transport == Transport.TCP) {
      return receiver.bytes(0);
    }
    ByteBuf all = Unpooled.buffer();
    receiver.datagrams().forEach(all::writeBytes);
    return ByteBufUtil.getBytes(all);
  }

  /** One keyframe and 19 pictures after it, 40 ms apart, some of them in several packets. */
  private static byte[] recording() {
    Random random = new Random(5);
    Jt1078PacketEncoder encoder =
        new Jt1078PacketEncoder(TerminalId.ofDigits("13800138000", IdWidth.SIX), 950, 65_520);
    ByteBuf out = Unpooled.buffer();
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] bytes = new byte[frame == 0 ? 4000 : 100 + 130 * frame];
      random.nextBytes(bytes);
      encoder.encode(
          out,
          7,
          frame == 0 ? PacketType.I_FRAME : PacketType.P_FRAME,
          PayloadTypes.H264,
          FIRST_TIMESTAMP + 40L * frame,
          ByteBuffer.wrap(bytes));
    }
    return ByteBufUtil.getBytes(out);
  }
}
