package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.jt808.MediaUpload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures and sounds over the wire: acknowledged when they are kept, and not before. */
@Timeout(120)
class UploadTest {
  private static final String PHONE = "013912345678";
  private static final String LOCATION =
      "00000000" + "00000002" + "0157c0a0" + "06cc4d30" + "000c" + "025b" + "005a" + "261121120000";
  private static final String JPEG = "ffd8ffe000104a464946";

  private record Taken(ReceivedMedia media, CompletableFuture<@Nullable Void> kept) {}

  @TempDir Path directory;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private TestGateway gateway;
  private TestTerminal terminal;

  @BeforeEach
  void start() throws Exception {
    open(TestGateway.CONFIG);
  }

  private void open(Jt808Config config) throws Exception {
    gateway = new TestGateway(JournalConfig.in(directory), config, new OpenAdmission(), this::take);
    terminal = TestTerminal.connect(gateway.port(), PHONE);
    terminal.authenticate();
  }

  private CompletableFuture<@Nullable Void> take(ReceivedMedia media) {
    CompletableFuture<@Nullable Void> kept = new CompletableFuture<>();
    taken.add(new Taken(media, kept));
    return kept;
  }

  @AfterEach
  void stop() {
    terminal.close();
    gateway.close();
  }

  @Test
  void aPictureIsAcknowledgedWhenItIsKept() throws Exception {
    terminal.send(0x0801, "00000007" + "00000103" + LOCATION + JPEG);
    assertThat(terminal.asks(0x0002, "")).isZero(); // what came before is not answered yet
    ReceivedMedia media = taken(1).media();
    MediaUpload upload = media.upload();
    assertThat(media.terminal()).isEqualTo("13912345678");
    assertThat(upload.data().toHex()).isEqualTo(JPEG);
    assertThat(upload.event()).isEqualTo(1);
    assertThat(upload.channel()).isEqualTo(3);
    taken(1).kept().complete(null);
    assertThat(terminal.receive().bodyHex()).isEqualTo("00000007");
  }

  @Test
  void whatIsNotKeptIsNotAcknowledged() throws Exception {
    terminal.send(0x0801, "00000007" + "00000103" + LOCATION + JPEG);
    taken(1).kept().completeExceptionally(new IOException("the disk is full"));
    await().until(() -> gateway.server.statistics().dropped(DropReason.NOT_KEPT) == 1);
    assertThat(terminal.asks(0x0002, "")).isZero();
    terminal.send(0x0801, "00000007" + "00000103" + LOCATION + JPEG);
    taken(2).kept().complete(null);
    assertThat(terminal.receive(0x8800).bodyHex()).isEqualTo("00000007");
  }

  @Test
  void aPictureInPackagesIsPutTogether() throws Exception {
    JsonNode groups = new ObjectMapper().readTree(GatewayVectorsTest.subpackaged()).path("vectors");
    for (JsonNode group : groups) {
      if (group.path("message_id").asText().equals("0x0801")
          && group.path("complete").asBoolean()) {
        String phone = group.path("terminal_phone_bcd").asText();
        try (TestTerminal sender = TestTerminal.connect(gateway.port(), phone)) {
          sender.authenticate();
          for (JsonNode frame : group.path("frames_hex")) {
            sender.raw(frame.asText());
          }
          Taken upload = taken(1);
          upload.kept().complete(null);
          assertThat(sender.receive(0x8800).bodyHex())
              .isEqualTo(String.format("%08x", upload.media().upload().mediaId()));
          assertThat(upload.media().upload().data().length())
              .isEqualTo(group.path("reassembled_length").asInt() - 36);
        }
        return;
      }
    }
    throw new AssertionError("no picture among the vectors");
  }

  @Test
  void aPictureThatIsTooLongIsRefusedAndHarmsNothing() throws Exception {
    byte[] part = new byte[1000];
    int total = TestGateway.CONFIG.messages().maxBytes() / part.length + 2;
    for (int index = 1; index <= total; index++) {
      terminal.raw(new WireMessage(0x0801, PHONE, 1000 + index, part, total, index).frame());
    }
    WireMessage answer = terminal.receive(0x8001);
    while (answer.body()[4] == LinkSession.SUCCESS) {
      answer = terminal.receive(0x8001);
    }
    assertThat(answer.body()[4]).isEqualTo((byte) LinkSession.BAD_MESSAGE);
    assertThat(terminal.receive(0x8001).body()[4]).isEqualTo((byte) LinkSession.BAD_MESSAGE);
    assertThat(taken).isEmpty();
    terminal.nextSerial(9000);
    terminal.send(0x0801, "00000008" + "00000103" + LOCATION + JPEG);
    taken(1).kept().complete(null);
    assertThat(terminal.receive(0x8800).bodyHex()).isEqualTo("00000008");
  }

  @Test
  void missingPackagesOfAPictureAreAskedForByItsOwnList() throws Exception {
    openWithQuickRequests();
    byte[] body = body("00000007" + "00000103" + LOCATION + JPEG);
    terminal.raw(part(100, Arrays.copyOf(body, 40), 1));
    assertThat(terminal.receive().bodyHex()).isEqualTo("0064080100");
    assertThat(terminal.receive(0x8800).bodyHex()).isEqualTo("00000007" + "01" + "0002");
    assertThat(terminal.receive(0x8003).bodyHex()).isEqualTo("0064" + "01" + "0002");
    terminal.raw(part(101, Arrays.copyOfRange(body, 40, body.length), 2));
    taken(1).kept().complete(null);
    assertThat(taken(1).media().upload().data().toHex()).isEqualTo(JPEG);
    WireMessage answer = terminal.receive(0x8800);
    assertThat(answer.bodyHex()).startsWith("00000007");
  }

  @Test
  void whatIsLostOfAnAnswerIsSaidAgain() throws Exception {
    byte[] body = body("00000007" + "00000103" + LOCATION + JPEG);
    byte[] second = part(101, Arrays.copyOfRange(body, 40, body.length), 2);
    terminal.raw(part(100, Arrays.copyOf(body, 40), 1));
    terminal.raw(second);
    taken(1).kept().complete(null);
    assertThat(terminal.receive(0x8800).bodyHex()).isEqualTo("00000007");
    terminal.raw(second);
    assertThat(terminal.receive().bodyHex()).isEqualTo("00000007");
    assertThat(taken).hasSize(1);
  }

  @Test
  void packagesThatWereNotKeptAreNewWhenTheyComeAgain() throws Exception {
    byte[] body = body("00000007" + "00000103" + LOCATION + JPEG);
    byte[] first = part(100, Arrays.copyOf(body, 40), 1);
    byte[] second = part(101, Arrays.copyOfRange(body, 40, body.length), 2);
    terminal.raw(first);
    terminal.raw(second);
    taken(1).kept().completeExceptionally(new IOException("the disk is full"));
    await().until(() -> gateway.server.statistics().dropped(DropReason.NOT_KEPT) == 1);
    terminal.raw(first);
    terminal.raw(second);
    taken(2).kept().complete(null);
    assertThat(terminal.receive(0x8800).bodyHex()).isEqualTo("00000007");
  }

  @Test
  void aHeadInEveryPackageIsTakenOnce() throws Exception {
    String head = "00000007" + "00000103" + LOCATION;
    terminal.raw(part(100, body(head + JPEG), 1));
    terminal.raw(part(101, body(head + "0011223344"), 2));
    assertThat(taken(1).media().upload().data().toHex()).isEqualTo(JPEG + "0011223344");
  }

  @Test
  void aTerminalOf2011IsAskedForPartsItCountsItself() throws Exception {
    openWithQuickRequests();
    terminal.send(
        0x0100, "00010002" + "41".repeat(5) + "42".repeat(8) + "43".repeat(7) + "01" + "41313233");
    terminal.receive(0x8100);
    String head = "00000009" + "00000002" + "00000003";
    terminal.asks(0x0801, head + "00000001" + "ffd8");
    int serial = terminal.send(0x0801, head + "00000003" + "33");
    assertThat(terminal.receive(0x8800).bodyHex())
        .isEqualTo(String.format("%04x", serial) + "00000009" + "01" + "0002");
    serial = terminal.send(0x0801, head + "00000002" + "22");
    Taken upload = taken(1);
    upload.kept().complete(null);
    assertThat(upload.media().upload().data().toHex()).isEqualTo("ffd82233");
    WireMessage answer = terminal.receive(0x8800);
    while (answer.body().length > 6) {
      answer = terminal.receive(0x8800); // it was asked for again meanwhile
    }
    assertThat(answer.bodyHex()).isEqualTo(String.format("%04x", serial) + "00000009");
  }

  private void openWithQuickRequests() throws Exception {
    stop();
    Duration longTime = Duration.ofMinutes(2);
    open(
        TestGateway.CONFIG.with(
            new Jt808Config.Times(longTime, longTime, Duration.ofMillis(300), longTime)));
  }

  private static byte[] body(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** One of two. */
  private static byte[] part(int serial, byte[] body, int index) {
    return new WireMessage(0x0801, PHONE, serial, body, 2, index).frame();
  }

  @Test
  void whatTheTerminalRecordedIsToldAndAnswered() throws Exception {
    assertThat(terminal.asks(0x0800, "00000009" + "00000002")).isZero();
    await()
        .untilAsserted(
            () -> assertThat(gateway.messages).containsExactly(new MediaEvent(9, 0, 0, 0, 2)));
  }

  private Taken taken(int count) {
    await().until(() -> taken.size() >= count);
    return taken.get(count - 1);
  }
}
