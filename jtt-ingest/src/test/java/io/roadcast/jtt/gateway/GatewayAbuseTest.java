package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bad guests are put out for a reason that is counted, and the others notice nothing. */
@Timeout(180)
class GatewayAbuseTest {
  private static final String WITNESS = "013900000001";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void aFrameWithoutEndIsCutOffEarly() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        TestTerminal witness = witness(gateway);
        TestTerminal guest = TestTerminal.connect(gateway.port(), "013900000002")) {
      guest.authenticate();
      byte[] piece = new byte[64 * 1024];
      piece[0] = 0x7e;
      int sent = 0;
      try {
        for (; sent < 160; sent++) { // 10 MB
          guest.raw(piece);
          piece[0] = 0;
        }
      } catch (IOException closed) {
        assertThat(sent).isLessThan(160);
      }
      assertThat(guest.awaitEnd()).isTrue();
      closedFor(gateway, CloseReason.GARBAGE, 1);
      assertThat(witness.asks(0x0002, "")).isZero();
    }
  }

  @Test
  void aSlowLorisIsPutOut() throws Exception {
    Jt808Config config =
        TestGateway.CONFIG.with(new Jt808Config.Times(LONG, Duration.ofMillis(800), LONG, LONG));
    try (TestGateway gateway = new TestGateway(directory, config, new OpenAdmission());
        TestTerminal witness = witness(gateway);
        TestTerminal guest = TestTerminal.connect(gateway.port(), "013900000002")) {
      byte[] frame = WireMessage.of(0x0102, "013900000002", 0, "31").frame();
      Thread drip =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < frame.length - 1; i++) {
                        guest.raw(new byte[] {frame[i]});
                        Thread.sleep(Duration.ofMillis(200));
                      }
                    } catch (IOException | InterruptedException e) {
                      // put out
                    }
                  });
      assertThat(guest.awaitEnd()).isTrue();
      drip.interrupt();
      closedFor(gateway, CloseReason.NEVER_AUTHENTICATED, 1);
      assertThat(witness.asks(0x0002, "")).isZero();
    }
  }

  @Test
  void aSilentTerminalIsGone() throws Exception {
    Jt808Config config =
        TestGateway.CONFIG.with(new Jt808Config.Times(Duration.ofMillis(700), LONG, LONG, LONG));
    try (TestGateway gateway = new TestGateway(directory, config, new OpenAdmission());
        TestTerminal guest = TestTerminal.connect(gateway.port(), "013900000002")) {
      guest.authenticate();
      assertThat(guest.awaitEnd()).isTrue();
      closedFor(gateway, CloseReason.SILENT, 1);
      await().untilAsserted(() -> assertThat(gateway.told).contains("offline 13900000002"));
    }
  }

  @Test
  void aFloodOfRegistrationsIsStopped() throws Exception {
    Jt808Config config = TestGateway.CONFIG.with(TestGateway.connections(1000, 1000, 50));
    try (TestGateway gateway = new TestGateway(directory, config, new OpenAdmission());
        TestTerminal witness = witness(gateway)) {
      String body = "001f0073" + "41".repeat(5) + "42".repeat(20) + "43".repeat(7) + "01" + "41";
      List<TestTerminal> guests = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        TestTerminal guest =
            TestTerminal.connect(gateway.port(), String.format("0138%08d", i), "127.0.0.9");
        guests.add(guest);
        guest.send(0x0100, body);
      }
      closedFor(gateway, CloseReason.TOO_MANY_REGISTRATIONS, 10);
      assertThat(witness.asks(0x0002, "")).isZero();
      guests.forEach(TestTerminal::close);
    }
  }

  @Test
  void moreConnectionsThanAllowedAreRefused() throws Exception {
    Jt808Config config = TestGateway.CONFIG.with(TestGateway.connections(8, 4, 1000));
    try (TestGateway gateway = new TestGateway(directory, config, new OpenAdmission());
        TestTerminal witness = witness(gateway)) {
      List<TestTerminal> guests = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        guests.add(TestTerminal.connect(gateway.port(), WITNESS, "127.0.0.2"));
      }
      closedFor(gateway, CloseReason.TOO_MANY_OF_ADDRESS, 2);
      for (int i = 0; i < 6; i++) {
        guests.add(TestTerminal.connect(gateway.port(), WITNESS, "127.0.0.3"));
      }
      closedFor(gateway, CloseReason.TOO_MANY_CONNECTIONS, 3);
      guests.forEach(TestTerminal::close);
      await().until(() -> gateway.server.tcpConnections() == 1);
      assertThat(witness.asks(0x0002, "")).isZero();
    }
  }

  @Test
  void packagesThatNeverCompleteAreGivenUpAndAtLastTheConnection() throws Exception {
    Jt808Config config = TestGateway.CONFIG;
    try (TestGateway gateway = new TestGateway(directory, config, new OpenAdmission());
        TestTerminal witness = witness(gateway);
        TestTerminal guest = TestTerminal.connect(gateway.port(), "013900000002")) {
      guest.authenticate();
      try {
        for (int i = 0; i < 200; i++) {
          guest.raw(
              new WireMessage(0x0801, "013900000002", 100 * i, new byte[1000], 50, 1).frame());
        }
      } catch (IOException closed) {
        // as it should be
      }
      assertThat(guest.awaitEnd()).isTrue();
      closedFor(gateway, CloseReason.INCOMPLETE_MESSAGES, 1);
      assertThat(gateway.server.statistics().dropped(DropReason.INCOMPLETE))
          .isGreaterThanOrEqualTo(config.messages().maxIncomplete());
      assertThat(witness.asks(0x0002, "")).isZero();
    }
  }

  @Test
  void impossiblePackagesAreRefused() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        TestTerminal guest = TestTerminal.connect(gateway.port(), "013900000002")) {
      guest.authenticate();
      guest.raw(new WireMessage(0x0801, "013900000002", 5, new byte[10], 3, 4).frame());
      assertThat(guest.receive(0x8001).bodyHex()).isEqualTo("0005080102");
      guest.raw(new WireMessage(0x0801, "013900000002", 6, new byte[10], 3, 0).frame());
      assertThat(guest.receive(0x8001).bodyHex()).isEqualTo("0006080102");
      guest.raw(new WireMessage(0x0801, "013900000002", 7, new byte[10], 0xffff, 1).frame());
      assertThat(guest.receive(0x8001).bodyHex()).isEqualTo("0007080102");
    }
  }

  @Test
  void nonsenseTextsHarmNobody() throws Exception {
    try (TestGateway gateway = new TestGateway(directory)) {
      Random random = new Random(7);
      for (int i = 0; i < 20; i++) {
        try (TestTerminal guest =
            TestTerminal.connect(gateway.port(), String.format("0137%08d", i))) {
          byte[] body = new byte[37 + random.nextInt(300)];
          random.nextBytes(body);
          guest.send(0x0100, HexFormat.of().formatHex(body));
          assertThat(guest.receive().id()).isIn(0x8100, 0x8001);
          assertThat(guest.authenticate()).isZero();
        }
      }
      assertThat(gateway.server.statistics().closed(CloseReason.ERROR)).isZero();
    }
  }

  @Test
  void bytesThatAreNoMessagesAreSkipped() throws Exception {
    try (TestGateway gateway = new TestGateway(directory);
        TestTerminal guest = TestTerminal.connect(gateway.port(), "013900000002")) {
      guest.raw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      guest.raw("7e7e7e017e7d7e");
      assertThat(guest.authenticate()).isZero();
      assertThat(gateway.server.statistics().dropped(DropReason.BAD_FRAME)).isPositive();
    }
  }

  @Test
  void whoIsRefusedAgainAndAgainIsPutOut() throws Exception {
    try (TestGateway gateway =
            new TestGateway(directory, TestGateway.CONFIG, new StrictAdmission("31"));
        TestTerminal right = TestTerminal.connect(gateway.port(), WITNESS);
        TestTerminal wrong = TestTerminal.connect(gateway.port(), "013900000002")) {
      assertThat(right.asks(0x0102, "31")).isZero();
      assertThat(wrong.asks(0x0102, "32")).isEqualTo(LinkSession.FAILURE);
      assertThat(wrong.asks(0x0102, "33")).isEqualTo(LinkSession.FAILURE);
      wrong.send(0x0102, "34");
      assertThat(wrong.awaitEnd()).isTrue();
      closedFor(gateway, CloseReason.REFUSED, 1);
      assertThat(gateway.server.statistics().refusedAdmissions()).isEqualTo(3);
      assertThat(right.asks(0x0002, "")).isZero();
    }
  }

  private static TestTerminal witness(TestGateway gateway) throws Exception {
    TestTerminal witness = TestTerminal.connect(gateway.port(), WITNESS);
    assertThat(witness.authenticate()).isZero();
    return witness;
  }

  private static void closedFor(TestGateway gateway, CloseReason reason, int atLeast) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(gateway.server.statistics().closed(reason))
                    .as(reason.label())
                    .isGreaterThanOrEqualTo(atLeast));
  }
}
