package io.roadcast.jtt.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.jsatl12.PeripheralReport;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TransparentUp;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PeripheralKeepingTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

  private final TestDatabase database = TestDatabase.create();
  private final PeripheralTable table = new PeripheralTable(database.database());
  private final PeripheralKeeping keeping = new PeripheralKeeping(table, InstantSource.fixed(NOW));

  /** A terminal that is there. */
  private record Link(String terminal) implements TerminalLink {
    @Override
    public long epoch() {
      return 1;
    }

    @Override
    public ProtocolVersion version() {
      return ProtocolVersion.V2013;
    }

    @Override
    public InetSocketAddress remote() {
      return new InetSocketAddress(0);
    }

    @Override
    public CompletionStage<Jt808Message> request(Jt808Message command, Duration timeout) {
      return new CompletableFuture<>();
    }

    @Override
    public void send(Jt808Message message) {}
  }

  @AfterEach
  void close() {
    keeping.close();
    database.close();
  }

  @Test
  void keepsTheLastStateAndDescriptionOfEach() {
    keeping.start();
    tell("139", 0xf7, "02" + "640501" + "00000000" + "650604" + "00000401" + "ff");
    tell("139", 0xf8, "01" + "65" + description("MAKER", "DMS-2", "1.0", "2.3", "X\0Y", ""));
    tell("139", 0xf7, "01" + "640510" + "00000000");
    tell("139", 0x41, "0102");
    tell("140", 0xf7, "01" + "6605ee" + "00000080");
    await().atMost(SOON).until(() -> keeping.kept() == 4);
    List<Peripheral> all = table.of("139");
    assertThat(all).extracting(Peripheral::name).containsExactly("adas", "dsm");
    assertThat(condition(all.getFirst()).stateName()).isEqualTo("not_connected");
    assertThat(all.getFirst().description()).isNull();
    assertThat(condition(all.getLast()).stateName()).isEqualTo("fault");
    assertThat(condition(all.getLast()).alarmNames()).containsExactly("camera", "radio");
    assertThat(condition(all.getLast()).at()).isEqualTo(NOW);
    assertThat(all.getLast().description())
        .isEqualTo(new Peripheral.Description("MAKER", "DMS-2", "1.0", "2.3", "X Y", "", NOW));
    assertThat(condition(table.of("140").getFirst()).stateName()).isEqualTo("state_238");
    assertThat(condition(table.of("140").getFirst()).alarmNames()).containsExactly("bit_7");
    assertThat(table.of("141")).isEmpty();
    assertThat(keeping.dropped()).isZero();
  }

  @Test
  void waitsForADatabaseThatIsAway() {
    database.cutOff();
    keeping.start();
    tell("139", 0xf7, "01" + "640501" + "00000000");
    database.restore();
    await().atMost(SOON).ignoreExceptions().until(() -> table.of("139").size() == 1);
  }

  @Test
  void asksForWhatTheTerminalUnderstands() {
    var question = PeripheralReport.question(PeripheralReport.STATUS, List.of(0x64, 0x65));
    assertThat(question.content()).isEqualTo(Bytes.ofHex("026465"));
    assertThat(PeripheralReport.asked(question)).contains(List.of(0x64, 0x65));
  }

  private static Peripheral.Condition condition(Peripheral peripheral) {
    return Objects.requireNonNull(peripheral.condition());
  }

  private void tell(String terminal, int type, String hex) {
    keeping.message(new Link(terminal), new TransparentUp(type, Bytes.ofHex(hex)));
  }

  private static String description(String... texts) {
    StringBuilder hex = new StringBuilder();
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      hex.append("%02x".formatted(bytes.length)).append(HexFormat.of().formatHex(bytes));
    }
    return "%02x".formatted(hex.length() / 2) + hex;
  }
}
