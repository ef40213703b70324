package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.position.Position;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways to go wrong that are nobody's ill will, and those that no other test of the gateway goes.
 */
@Timeout(120)
class GatewayUnhappyTest {
  private static final String PHONE = "013912345678";
  private static final String DIGITS = "13912345678";
  private static final String REGISTRATION =
      "001f0073" + "41".repeat(5) + "42".repeat(20) + "43".repeat(7) + "01" + "41";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void aPackagedMessageIsBegunAnewOnTheNextConnection() throws Exception {
    byte[] body = HexFormat.of().parseHex("000201" + "001c" + location() + "001c" + location());
    byte[] first = Arrays.copyOfRange(body, 0, 40);
    byte[] second = Arrays.copyOfRange(body, 40, body.length);
    try (TestGateway gateway = new TestGateway(directory)) {
      try (TestTerminal terminal = TestTerminal.connect(gateway.port(), PHONE)) {
        terminal.authenticate();
        terminal.raw(new WireMessage(0x0704, PHONE, 10, first, 2, 1).frame());
        assertThat(terminal.asks(0x0002, "")).isZero();
        terminal.reset();
      }
      try (TestTerminal again = TestTerminal.connect(gateway.port(), PHONE)) {
        again.authenticate();
        again.raw(new WireMessage(0x0704, PHONE, 11, second, 2, 2).frame());
        assertThat(again.asks(0x0002, "")).isZero();
        assertThat(gateway.kept()).as("half a message").isEmpty();
        again.raw(new WireMessage(0x0704, PHONE, 10, first, 2, 1).frame());
        assertThat(again.receive().bodyHex()).isEqualTo("000b070400");
        assertThat(again.receive().bodyHex()).isEqualTo("000a070400");
        assertThat(gateway.kept()).hasSize(1);
      }
    }
  }

  @Test
  void aClockThatIsYearsOffIsToldAsItIsAndPutRight() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        TestTerminal terminal = TestTerminal.connect(gateway.port(), PHONE)) {
      terminal.authenticate();
      Instant before = Instant.now();
      assertThat(terminal.asks(0x0200, location())).isZero();
      assertThat(terminal.asks(0x0200, location().replace("190101000000", "190101000001")))
          .isZero();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                Position last = gateway.server.positions().of(DIGITS).orElseThrow();
                assertThat(last.deviceTime()).hasToString("2019-01-01T00:00:01");
                assertThat(last.at()).isBetween(before.minusSeconds(2), Instant.now());
                assertThat(last.backlog()).isFalse();
              });
    }
  }

  @Test
  void aTerminalThatDoesNotReadIsPutOut() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(1024);
      deaf.connect(new InetSocketAddress("127.0.0.1", gateway.port()));
      byte[] heartbeats = new byte[0];
      for (int i = 0; i < 200; i++) {
        byte[] frame = WireMessage.of(0x0002, PHONE, i, "").frame();
        int had = heartbeats.length;
        heartbeats = Arrays.copyOf(heartbeats, had + frame.length);
        System.arraycopy(frame, 0, heartbeats, had, frame.length);
      }
      try {
        for (int i = 0; i < 100_000; i++) {
          deaf.getOutputStream().write(heartbeats);
        }
      } catch (IOException putOut) {
        // as it should be
      }
      await()
          .atMost(SOON)
          .until(() -> gateway.server.statistics().closed(CloseReason.NOT_READING) == 1);
    }
  }

  @Test
  void aRefusedRegistrationSaysWhyAndTheConnectionStays() throws Exception {
    try (TestGateway gateway =
            new TestGateway(directory, TestGateway.CONFIG, new StrictAdmission("31"));
        TestTerminal terminal = TestTerminal.connect(gateway.port(), PHONE)) {
      int serial = terminal.send(0x0100, REGISTRATION);
      assertThat(terminal.receive(0x8100).bodyHex())
          .isEqualTo(String.format("%04x%02x", serial, Admission.Registered.NO_SUCH_TERMINAL));
      assertThat(terminal.asks(0x0102, "31")).isZero();
    }
  }

  @Test
  void aFloodOfRegistrationsInDatagramsIsNotAnswered() throws Exception {
    Jt808Config config = TestGateway.CONFIG.with(TestGateway.connections(1000, 1000, 50));
    try (TestGateway gateway = new TestGateway(directory, config, new OpenAdmission());
        TestTerminal witness = TestTerminal.connect(gateway.port(), PHONE);
        DatagramSocket guests = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.9"))) {
      assertThat(witness.authenticate()).isZero();
      for (int i = 0; i < 200; i++) {
        byte[] frame =
            WireMessage.of(0x0100, String.format("0138%08d", i), 0, REGISTRATION).frame();
        guests.send(
            new DatagramPacket(
                frame, frame.length, InetAddress.ofLiteral("127.0.0.1"), gateway.port()));
      }
      await()
          .atMost(SOON)
          .until(
              () -> gateway.server.statistics().closed(CloseReason.TOO_MANY_REGISTRATIONS) >= 100);
      assertThat(gateway.server.udpTerminals()).isLessThanOrEqualTo(50);
      assertThat(witness.asks(0x0002, "")).isZero();
    }
  }

  /** Of a terminal that lost its battery in 2019. */
  private static String location() {
    return "00000000"
        + "00000003"
        + "0157e8a0"
        + "06cc9a10"
        + "0020"
        + "0258"
        + "005a"
        + "190101000000";
  }
}
