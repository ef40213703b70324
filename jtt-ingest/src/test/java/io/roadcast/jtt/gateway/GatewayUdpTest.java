package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.TerminalControl;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Terminals behind the UDP port. */
@Timeout(120)
class GatewayUdpTest {
  private static final String PHONE = "013912345678";
  private static final String DIGITS = "13912345678";

  @TempDir Path directory;

  @Test
  void aTerminalMayRoam() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        DatagramSocket first = socket();
        DatagramSocket second = socket()) {
      send(gateway, first, WireMessage.of(0x0102, PHONE, 0, "31"));
      assertThat(receive(first).bodyHex()).isEqualTo("0000010200");
      TerminalLink link = gateway.link(DIGITS);
      send(gateway, second, WireMessage.of(0x0002, PHONE, 1, ""));
      assertThat(receive(second).bodyHex()).isEqualTo("0001000200");
      assertThat(gateway.link(DIGITS)).isSameAs(link);
      assertThat(link.remote().getPort()).isEqualTo(second.getLocalPort());
      CompletableFuture<Jt808Message> answer = request(link);
      WireMessage command = receive(second);
      send(
          gateway,
          second,
          WireMessage.of(0x0001, PHONE, 2, String.format("%04x810500", command.serial())));
      answer.get(20, TimeUnit.SECONDS);
      assertThat(gateway.server.statistics().roamed()).isEqualTo(1);
    }
  }

  @Test
  void whoIsNotKnownIsToldToAuthenticateAndNotRemembered() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        DatagramSocket socket = socket()) {
      send(gateway, socket, WireMessage.of(0x0002, PHONE, 7, ""));
      assertThat(receive(socket).bodyHex()).isEqualTo("0007000201");
      assertThat(gateway.server.udpTerminals()).isZero();
    }
  }

  @Test
  void aDatagramMayHoldSeveralMessages() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        DatagramSocket socket = socket()) {
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.write(WireMessage.of(0x0102, PHONE, 0, "31").frame());
      both.write(WireMessage.of(0x0002, PHONE, 1, "").frame());
      send(gateway, socket, both.toByteArray());
      assertThat(receive(socket).bodyHex()).isEqualTo("0000010200");
      assertThat(receive(socket).bodyHex()).isEqualTo("0001000200");
    }
  }

  @Test
  void aCommandThatGotLostIsRepeatedWithItsSerial() throws Exception {
    Duration minute = Duration.ofMinutes(1);
    Jt808Config config =
        TestGateway.CONFIG.with(
            new Jt808Config.Times(minute, minute, minute, Duration.ofMillis(300)));
    try (TestGateway gateway = new TestGateway(directory, config, new OpenAdmission());
        DatagramSocket socket = socket()) {
      send(gateway, socket, WireMessage.of(0x0102, PHONE, 0, "31"));
      receive(socket);
      CompletableFuture<Jt808Message> answer = request(gateway.link(DIGITS));
      WireMessage lost = receive(socket);
      WireMessage again = receive(socket);
      assertThat(again.serial()).isEqualTo(lost.serial());
      send(
          gateway,
          socket,
          WireMessage.of(0x0001, PHONE, 2, String.format("%04x810500", again.serial())));
      answer.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void authenticatingAnewFromElsewhereIsANewLink() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        DatagramSocket first = socket();
        DatagramSocket second = socket()) {
      send(gateway, first, WireMessage.of(0x0102, PHONE, 0, "31"));
      receive(first);
      long epoch = gateway.link(DIGITS).epoch();
      CompletableFuture<Jt808Message> answer = request(gateway.link(DIGITS));
      receive(first); // the command, on its way before the terminal is elsewhere
      send(gateway, second, WireMessage.of(0x0102, PHONE, 1, "31"));
      assertThat(receive(second).bodyHex()).isEqualTo("0001010200");
      assertThat(answer)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingCause()
          .isInstanceOfSatisfying(
              CommandFailedException.class,
              failure ->
                  assertThat(failure.code())
                      .isEqualTo(CommandFailedException.Code.CONNECTION_REPLACED));
      assertThat(gateway.link(DIGITS).epoch()).isGreaterThan(epoch);
    }
  }

  private static CompletableFuture<Jt808Message> request(TerminalLink link) {
    return link.request(new TerminalControl(4, null), Duration.ofSeconds(30)).toCompletableFuture();
  }

  private static DatagramSocket socket() throws Exception {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(TestGateway gateway, DatagramSocket from, WireMessage message)
      throws Exception {
    send(gateway, from, message.frame());
  }

  private static void send(TestGateway gateway, DatagramSocket from, byte[] bytes)
      throws Exception {
    from.send(
        new DatagramPacket(
            bytes, bytes.length, InetAddress.ofLiteral("127.0.0.1"), gateway.port()));
  }

  private static WireMessage receive(DatagramSocket socket) throws Exception {
    DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
    socket.receive(datagram);
    return WireMessage.read(Arrays.copyOfRange(datagram.getData(), 1, datagram.getLength() - 1));
  }
}
