package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jt808.AttributeAnswer;
import io.roadcast.jtt.jt808.AttributeQuery;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationQuery;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterQuery;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.jtt.jt808.TerminalControl;
import io.roadcast.jtt.jt808.TransparentUp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What terminals and platform say to each other, and what happens when it goes wrong. */
@Timeout(120)
class GatewayFlowTest {
  private static final String PHONE = "013912345678";
  private static final String DIGITS = "13912345678";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private TestGateway gateway;
  private TestTerminal terminal;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(directory);
    terminal = TestTerminal.connect(gateway.port(), PHONE);
  }

  @AfterEach
  void stop() {
    terminal.close();
    gateway.close();
  }

  @Test
  void nothingIsTakenBeforeAuthentication() throws Exception {
    assertThat(terminal.asks(0x0200, location())).isEqualTo(LinkSession.FAILURE);
    assertThat(terminal.asks(0x0002, "")).isZero();
    assertThat(terminal.authenticate()).isZero();
    assertThat(terminal.asks(0x0200, location())).isZero();
    assertThat(gateway.kept()).hasSize(1);
  }

  @Test
  void unknownMessagesAreAnsweredNotSupported() throws Exception {
    terminal.authenticate();
    assertThat(terminal.asks(0x0fff, "0102")).isEqualTo(LinkSession.NOT_SUPPORTED);
    assertThat(terminal.asks(0x8104, "")).isEqualTo(LinkSession.NOT_SUPPORTED);
    assertThat(terminal.asks(0x0200, "0102")).isEqualTo(LinkSession.BAD_MESSAGE);
    assertThat(terminal.asks(0x0002, "")).isZero();
  }

  @Test
  void encryptedBodiesAreAnsweredNotSupportedAndTheConnectionStays() throws Exception {
    terminal.authenticate();
    byte[] plain = new WireMessage(0x0200, PHONE, 7, new byte[4], 0, 0).frame();
    plain[3] |= 4; // bit 10 of the attributes
    plain[plain.length - 2] ^= 4;
    terminal.raw(plain);
    assertThat(terminal.receive(0x8001).bodyHex()).isEqualTo("0007020003");
    assertThat(terminal.asks(0x0002, "")).isZero();
  }

  @Test
  void timeIsToldInUtc() throws Exception {
    terminal.authenticate();
    terminal.send(0x0004, "");
    LocalDateTime told =
        LocalDateTime.parse(
            "20" + terminal.receive(0x8004).bodyHex(),
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
    assertThat(Duration.between(told, LocalDateTime.now(ZoneOffset.UTC)).abs())
        .isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void aRepeatedPositionIsAnsweredAgainAndKeptOnce() throws Exception {
    terminal.authenticate();
    String body = location();
    terminal.nextSerial(9);
    assertThat(terminal.asks(0x0200, body)).isZero();
    terminal.nextSerial(9);
    assertThat(terminal.asks(0x0200, body)).isZero();
    assertThat(gateway.kept()).hasSize(1);
    assertThat(gateway.server.statistics().dropped(DropReason.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void aRepeatedPositionIsKnownOnTheNextConnectionToo() throws Exception {
    terminal.authenticate();
    String body = location();
    terminal.nextSerial(9);
    assertThat(terminal.asks(0x0200, body)).isZero();
    terminal.reset();
    try (TestTerminal again = TestTerminal.connect(gateway.port(), PHONE)) {
      again.authenticate();
      again.nextSerial(9);
      assertThat(again.asks(0x0200, body)).isZero();
      assertThat(gateway.kept()).hasSize(1);
    }
  }

  @Test
  void aTerminalThatWasSwitchedOffMayUseItsSerialsAgain() throws Exception {
    terminal.authenticate();
    terminal.nextSerial(9);
    assertThat(terminal.asks(0x0200, location())).isZero();
    terminal.nextSerial(9);
    assertThat(terminal.asks(0x0200, location().replace("2611211200", "2611211201"))).isZero();
    assertThat(gateway.kept()).hasSize(2);
  }

  @Test
  void serialNumbersOfTheTerminalGoRound() throws Exception {
    terminal.authenticate();
    terminal.nextSerial(0xfffe);
    for (int i = 0; i < 4; i++) {
      assertThat(terminal.asks(0x0002, "")).isZero();
    }
  }

  @Test
  void aCommandIsAnsweredByTheGeneralAnswer() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer = request(new TerminalControl(4, null), LONG);
    WireMessage command = terminal.receive(0x8105);
    assertThat(command.bodyHex()).isEqualTo("04");
    terminal.send(0x0001, reply(command) + "00");
    assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(TerminalAnswer.class);
    // Some terminals answer twice.
    terminal.send(0x0001, reply(command) + "00");
    assertThat(terminal.asks(0x0002, "")).isZero();
    assertThat(gateway.server.statistics().dropped(DropReason.UNEXPECTED_ANSWER)).isEqualTo(1);
  }

  @Test
  void aSpecialAnswerMayFollowTheGeneralOne() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer = request(new ParameterQuery(), LONG);
    WireMessage command = terminal.receive(0x8104);
    terminal.send(0x0001, reply(command) + "00");
    assertThat(terminal.asks(0x0002, "")).isZero();
    assertThat(answer).isNotDone();
    terminal.send(0x0104, serial(command) + "01" + "000000010400000078");
    ParameterAnswer parameters = (ParameterAnswer) answer.get(20, TimeUnit.SECONDS);
    assertThat(parameters.parameters()).hasSize(1);
  }

  @Test
  void aRefusalEndsTheWait() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer = request(new ParameterQuery(), LONG);
    terminal.send(0x0001, reply(terminal.receive(0x8104)) + "03");
    CommandFailedException failure = failure(answer);
    assertThat(failure.code()).isEqualTo(CommandFailedException.Code.TERMINAL_REFUSED);
    assertThat(failure.result()).isEqualTo(3);
  }

  @Test
  void answersToOtherSerialsAndIdsAreDropped() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer = request(new TerminalControl(4, null), LONG);
    WireMessage command = terminal.receive(0x8105);
    terminal.send(0x0001, String.format("%04x810500", (command.serial() + 1) & 0xffff));
    terminal.send(0x0001, serial(command) + "830000");
    assertThat(terminal.asks(0x0002, "")).isZero();
    assertThat(answer).isNotDone();
    terminal.send(0x0001, reply(command) + "00");
    answer.get(20, TimeUnit.SECONDS);
  }

  @Test
  void peripheralsMayBeToldWithoutAnyOtherAnswer() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer =
        request(PeripheralReport.question(PeripheralReport.STATUS, List.of(0x64)), LONG);
    assertThat(terminal.receive(0x8900).bodyHex()).isEqualTo("f70164");
    terminal.send(0x0900, "f701640501" + "00000000");
    assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(TransparentUp.class);
    await().atMost(LONG).until(() -> gateway.messages.size() == 1);
  }

  @Test
  void anAnswerWithoutSerialIsTakenByItsKind() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer = request(new AttributeQuery(), LONG);
    terminal.receive(0x8107);
    terminal.send(
        0x0107,
        "0001"
            + "41".repeat(5)
            + "42".repeat(20)
            + "43".repeat(7)
            + "00".repeat(10)
            + "0131"
            + "0132"
            + "01"
            + "80");
    assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(AttributeAnswer.class);
  }

  @Test
  void aPositionThatWasAskedForIsKeptToo() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer = request(new LocationQuery(), LONG);
    WireMessage command = terminal.receive(0x8201);
    terminal.send(0x0201, serial(command) + location());
    assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(LocationAnswer.class);
    terminal.receive(0x8001);
    assertThat(gateway.kept()).hasSize(1);
    assertThat(gateway.server.positions().of(DIGITS)).isPresent();
  }

  @Test
  void aCommandWithoutAnswerTimesOut() throws Exception {
    terminal.authenticate();
    CommandFailedException failure =
        failure(request(new TerminalControl(4, null), Duration.ofMillis(300)));
    assertThat(failure.code()).isEqualTo(CommandFailedException.Code.COMMAND_TIMED_OUT);
  }

  @Test
  void aConnectionLostInTheMiddleFailsItsCommands() throws Exception {
    terminal.authenticate();
    CompletableFuture<Jt808Message> answer = request(new TerminalControl(4, null), LONG);
    terminal.receive(0x8105);
    terminal.reset();
    assertThat(failure(answer).code()).isEqualTo(CommandFailedException.Code.TERMINAL_OFFLINE);
    await().untilAsserted(() -> assertThat(gateway.server.links().find(DIGITS)).isEmpty());
    assertThat(gateway.told).containsSubsequence("online " + DIGITS, "offline " + DIGITS);
  }

  @Test
  void aNewConnectionReplacesTheOldOneOnlyAfterAuthentication() throws Exception {
    terminal.authenticate();
    TerminalLink before = gateway.link(DIGITS);
    CompletableFuture<Jt808Message> answer =
        before.request(new TerminalControl(4, null), LONG).toCompletableFuture();
    try (TestTerminal second = TestTerminal.connect(gateway.port(), PHONE)) {
      assertThat(second.asks(0x0200, location())).isEqualTo(LinkSession.FAILURE);
      assertThat(gateway.link(DIGITS)).isSameAs(before);
      assertThat(second.authenticate()).isZero();
      assertThat(gateway.link(DIGITS).epoch()).isGreaterThan(before.epoch());
      assertThat(failure(answer).code()).isEqualTo(CommandFailedException.Code.CONNECTION_REPLACED);
      assertThat(terminal.awaitEnd()).isTrue();
      assertThat(second.asks(0x0002, "")).isZero();
      assertThat(gateway.server.links().find(DIGITS)).isPresent();
      await().until(() -> gateway.server.statistics().closed(CloseReason.REPLACED) == 1);
      assertThat(
              failure(before.request(new TerminalControl(4, null), LONG).toCompletableFuture())
                  .code())
          .isEqualTo(CommandFailedException.Code.CONNECTION_REPLACED);
    }
  }

  @Test
  void twoBoxesWithOneNumberAreAConflict() throws Exception {
    terminal.authenticate();
    for (int i = 2; i <= 5; i++) {
      TestTerminal other = TestTerminal.connect(gateway.port(), PHONE, "127.0.0." + i);
      assertThat(other.authenticate()).isZero();
    }
    assertThat(gateway.server.conflicts())
        .singleElement()
        .satisfies(
            conflict -> {
              assertThat(conflict.terminal()).isEqualTo(DIGITS);
              assertThat(conflict.addresses()).hasSizeGreaterThan(1);
            });
    assertThat(gateway.told).containsOnlyOnce("conflict " + DIGITS);
    assertThat(gateway.server.statistics().conflicts()).isEqualTo(1);
  }

  @Test
  void anotherTerminalsNumberOnTheConnectionIsNotBelieved() throws Exception {
    terminal.authenticate();
    terminal.raw(WireMessage.of(0x0200, "013900000000", 5, location()).frame());
    assertThat(terminal.asks(0x0002, "")).isZero();
    assertThat(gateway.kept()).isEmpty();
    assertThat(gateway.server.statistics().dropped(DropReason.FOREIGN_NUMBER)).isEqualTo(1);
  }

  @Test
  void loggingOffEndsTheLinkButNotTheConnection() throws Exception {
    terminal.authenticate();
    assertThat(terminal.asks(0x0003, "")).isZero();
    assertThat(gateway.server.links().find(DIGITS)).isEmpty();
    assertThat(terminal.asks(0x0200, location())).isEqualTo(LinkSession.FAILURE);
    assertThat(terminal.authenticate()).isZero();
    assertThat(gateway.server.links().find(DIGITS)).isPresent();
  }

  @Test
  void missingPackagesAreAskedForAndTheMessageIsPutTogether() throws Exception {
    gateway.close();
    gateway =
        new TestGateway(
            directory,
            TestGateway.CONFIG.with(
                new Jt808Config.Times(LONG, LONG, Duration.ofMillis(200), LONG)),
            new OpenAdmission());
    try (TestTerminal sender = TestTerminal.connect(gateway.port(), PHONE)) {
      sender.authenticate();
      String batch = "000201" + "001c" + location() + "001c" + location();
      byte[] body = HexFormat.of().parseHex(batch);
      byte[] first = Arrays.copyOfRange(body, 0, 40);
      byte[] second = Arrays.copyOfRange(body, 40, body.length);
      sender.raw(new WireMessage(0x0704, PHONE, 0xffff, first, 2, 1).frame());
      assertThat(sender.receive().bodyHex()).isEqualTo("ffff010002"); // 0x8003, no answer yet
      sender.raw(new WireMessage(0x0704, PHONE, 0, second, 2, 2).frame());
      assertThat(sender.receive(0x8001).bodyHex()).isEqualTo("ffff070400");
      assertThat(sender.receive(0x8001).bodyHex()).isEqualTo("0000070400");
      assertThat(gateway.kept()).hasSize(1);
      // The answer to the last package may have been lost.
      sender.raw(new WireMessage(0x0704, PHONE, 0, second, 2, 2).frame());
      assertThat(sender.receive(0x8001).bodyHex()).isEqualTo("0000070400");
      assertThat(gateway.kept()).hasSize(1);
    }
  }

  @Test
  void whoWaitsForTheAnswerToEachPackageGetsIt() throws Exception {
    terminal.authenticate();
    byte[] body = HexFormat.of().parseHex("000201" + "001c" + location() + "001c" + location());
    byte[] first = Arrays.copyOfRange(body, 0, 40);
    byte[] second = Arrays.copyOfRange(body, 40, body.length);
    byte[] frame = new WireMessage(0x0704, PHONE, 100, first, 2, 1).frame();
    terminal.raw(frame);
    assertThat(terminal.asks(0x0002, "")).isZero();
    assertThat(terminal.hasReceived()).isFalse();
    terminal.raw(frame);
    assertThat(terminal.receive().bodyHex()).isEqualTo("0064070400");
    terminal.raw(new WireMessage(0x0704, PHONE, 101, second, 2, 2).frame());
    assertThat(terminal.receive().bodyHex()).isEqualTo("0065070400");
    terminal.raw(new WireMessage(0x0704, PHONE, 102, first, 2, 1).frame());
    assertThat(terminal.receive().bodyHex()).isEqualTo("0066070400");
    assertThat(gateway.kept()).hasSize(1);
  }

  @Test
  void packagesThatAFullJournalDidNotTakeAreNotAcknowledgedEither() throws Exception {
    gateway.close();
    gateway =
        new TestGateway(
            JournalConfig.in(directory.resolve("small")).withBytes(4096, 4096),
            TestGateway.CONFIG,
            new OpenAdmission(),
            TestGateway.keepsAll());
    try (TestTerminal sender = TestTerminal.connect(gateway.port(), PHONE)) {
      sender.authenticate();
      while (gateway.journal.problem().isEmpty()) {
        sender.send(0x0200, location());
        assertThat(sender.asks(0x0002, "")).isZero();
      }
      byte[] body = HexFormat.of().parseHex("000101" + "001c" + location());
      byte[] first = new WireMessage(0x0704, PHONE, 900, Arrays.copyOf(body, 20), 2, 1).frame();
      byte[] second =
          new WireMessage(0x0704, PHONE, 901, Arrays.copyOfRange(body, 20, body.length), 2, 2)
              .frame();
      long before = gateway.server.statistics().dropped(DropReason.NOT_KEPT);
      for (int attempt = 1; attempt <= 2; attempt++) {
        sender.raw(first);
        sender.raw(second);
        long expected = before + attempt;
        await().until(() -> gateway.server.statistics().dropped(DropReason.NOT_KEPT) == expected);
      }
      gateway.journal.followed("test", gateway.journal.durable());
      await().until(() -> gateway.journal.problem().isEmpty());
      sender.raw(first);
      sender.raw(second);
      assertThat(sender.receive(0x8001).bodyHex()).isEqualTo("0384070400");
      assertThat(sender.receive(0x8001).bodyHex()).isEqualTo("0385070400");
    }
  }

  @Test
  void aFullJournalAcknowledgesNothing() throws Exception {
    gateway.close();
    gateway =
        new TestGateway(
            JournalConfig.in(directory.resolve("small")).withBytes(4096, 4096),
            TestGateway.CONFIG,
            new OpenAdmission(),
            TestGateway.keepsAll());
    try (TestTerminal sender = TestTerminal.connect(gateway.port(), PHONE)) {
      sender.authenticate();
      while (gateway.journal.problem().isEmpty()) {
        sender.send(0x0200, location());
        assertThat(sender.asks(0x0002, "")).isZero();
      }
      long kept = gateway.server.statistics().positions();
      sender.nextSerial(30_000);
      sender.send(0x0200, location());
      assertThat(sender.asks(0x0002, "")).isZero();
      assertThat(gateway.server.statistics().dropped(DropReason.NOT_KEPT)).isPositive();
      gateway.journal.followed("test", gateway.journal.durable());
      sender.nextSerial(30_000);
      assertThat(sender.asks(0x0200, location())).isZero();
      assertThat(gateway.server.statistics().positions()).isGreaterThan(kept);
    }
  }

  private CompletableFuture<Jt808Message> request(Jt808Message command, Duration timeout) {
    return gateway.link(DIGITS).request(command, timeout).toCompletableFuture();
  }

  private static CommandFailedException failure(CompletableFuture<?> answer) throws Exception {
    try {
      Object value = answer.get(20, TimeUnit.SECONDS);
      throw new AssertionError("answered with " + value);
    } catch (ExecutionException e) {
      return Objects.requireNonNull((CommandFailedException) e.getCause());
    }
  }

  private static String serial(WireMessage command) {
    return String.format("%04x", command.serial());
  }

  private static String reply(WireMessage command) {
    return serial(command) + String.format("%04x", command.id());
  }

  /** Shenzhen, with ignition and fix. */
  private static String location() {
    return "00000000"
        + "00000003"
        + "0157e8a0"
        + "06cc9a10"
        + "0020"
        + "0258"
        + "005a"
        + "261121120000";
  }
}
