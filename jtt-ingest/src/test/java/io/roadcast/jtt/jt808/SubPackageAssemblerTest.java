package io.roadcast.jtt.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubPackageAssemblerTest {
  private static final TerminalPhone PHONE = TerminalPhone.of("13912345678", ProtocolVersion.V2013);
  private static final AssemblyLimits LIMITS =
      new AssemblyLimits(100, 5000, 2, 20_000, Duration.ofSeconds(10), 2);

  private Instant now = Instant.EPOCH;
  private final SubPackageAssembler assembler = new SubPackageAssembler(LIMITS, () -> now);

  @Test
  void joinsGroupsOfOthers() throws Exception {
    for (Vectors.Vector vector : Vectors.of("subpackaged.json")) {
      SubPackageAssembler fresh =
          new SubPackageAssembler(AssemblyLimits.DEFAULT, () -> Instant.EPOCH);
      List<WholeMessage> whole = new ArrayList<>();
      vector
          .json()
          .path("frames_hex")
          .forEach(
              hex -> {
                Jt808Frame part =
                    RecordingListener.of(Bytes.ofHex(hex.asText())).frames().getFirst();
                if (fresh.add(part) instanceof Assembly.Complete(var message)) {
                  whole.add(message);
                }
              });
      if (!vector.json().path("complete").asBoolean()) {
        assertThat(whole).isEmpty();
        List<Integer> missing = new ArrayList<>();
        vector.json().path("missing_indexes").forEach(index -> missing.add(index.asInt()));
        assertThat(fresh.incomplete().getFirst().missing()).isEqualTo(missing);
        assertThat(fresh.incomplete().getFirst().firstSerial())
            .isEqualTo(vector.json().path("base_serial").asInt());
        continue;
      }
      WholeMessage message = whole.getFirst();
      assertThat(message.firstHeader().serial())
          .isEqualTo(vector.json().path("base_serial").asInt());
      assertThat(sha256(message.body()))
          .isEqualTo(vector.json().path("reassembled_sha256").asText());
      DecodedMessage decoded =
          Jt808Codec.decode(message.firstHeader(), message.body(), ProtocolVersion.V2013);
      assertThat(Jt808Codec.encodeBody(decoded.message(), decoded.layout()))
          .isEqualTo(message.body());
    }
  }

  @Test
  void joinsPartsInAnyOrderAcrossTheWrapOfSerialNumbers() {
    TextMessage message = new TextMessage(0, 1, GbkText.of("long ".repeat(800)));
    for (int seed = 0; seed < 20; seed++) {
      List<Jt808Frame> parts = new ArrayList<>(parts(message, 0xfffe));
      assertThat(parts).hasSize(4);
      Collections.shuffle(parts, new Random(seed));
      SubPackageAssembler fresh = new SubPackageAssembler(LIMITS, () -> now);
      for (Jt808Frame part : parts.subList(0, 3)) {
        assertThat(fresh.add(part)).isInstanceOf(Assembly.Waiting.class);
        assertThat(fresh.add(part)).isInstanceOf(Assembly.Waiting.class);
      }
      assertThat(fresh.add(parts.getLast()))
          .isInstanceOfSatisfying(
              Assembly.Complete.class,
              complete ->
                  assertThat(complete.message().body())
                      .isEqualTo(Jt808Codec.encodeBody(message, ProtocolVersion.V2013)));
      assertThat(fresh.heldBytes()).isZero();
      assertThat(fresh.add(parts.getFirst())).isInstanceOf(Assembly.Repeated.class);
      assertThat(fresh.incomplete()).isEmpty();
    }
  }

  @Test
  void keepsMessagesApartThatComeAtTheSameTime() {
    List<Jt808Frame> one = parts(new TextMessage(0, 1, GbkText.of("one ".repeat(400))), 7);
    List<Jt808Frame> two = parts(new TextMessage(0, 1, GbkText.of("two ".repeat(400))), 9);
    assembler.add(one.get(0));
    assembler.add(two.get(1));
    assertThat(assembler.add(one.get(1))).isInstanceOf(Assembly.Complete.class);
    assertThat(assembler.add(two.get(0))).isInstanceOf(Assembly.Complete.class);
  }

  @Test
  void asksForMissingPartsAndGivesUp() {
    List<Jt808Frame> parts = parts(new TextMessage(0, 1, GbkText.of("long ".repeat(800))), 3);
    assembler.add(parts.get(1));
    assembler.add(parts.get(3));
    assertThat(assembler.overdue()).isEmpty();
    for (int request = 0; request < LIMITS.maxRequests(); request++) {
      now = now.plus(LIMITS.idle());
      assertThat(assembler.overdue())
          .containsExactly(
              new IncompleteMessage(
                  PHONE, TextMessage.ID, 4, 3, List.of(1, 3), request + 1, null, false));
      assertThat(assembler.overdue()).isEmpty();
    }
    now = now.plus(LIMITS.idle());
    assertThat(assembler.overdue()).extracting(IncompleteMessage::abandoned).containsExactly(true);
    assertThat(assembler.heldBytes()).isZero();
    now = now.plus(LIMITS.idle());
    assertThat(assembler.overdue()).isEmpty();
  }

  @Test
  void refusesWhatIsAboveItsLimits() {
    assertThat(rejected(part(1, 0, 3, 10))).isEqualTo(PartFault.INDEX_OUTSIDE_TOTAL);
    assertThat(rejected(part(1, 4, 3, 10))).isEqualTo(PartFault.INDEX_OUTSIDE_TOTAL);
    assertThat(rejected(part(1, 1, 101, 10))).isEqualTo(PartFault.TOO_MANY_PARTS);
    for (int index = 1; index <= 4; index++) {
      assertThat(assembler.add(part(index, index, 100, 1023)))
          .isEqualTo(new Assembly.Waiting(index, 100));
    }
    assertThat(rejected(part(5, 5, 100, 1023))).isEqualTo(PartFault.TOO_MANY_BYTES);
    assertThat(assembler.heldBytes()).isZero();
    assembler.add(part(1000, 1, 3, 1));
    assembler.add(part(2000, 1, 3, 1));
    assertThat(rejected(part(3000, 1, 3, 1))).isEqualTo(PartFault.TOO_MANY_OPEN_MESSAGES);
    assembler.forget(PHONE);
    assertThat(assembler.heldBytes()).isZero();
    assertThat(assembler.add(part(3000, 1, 3, 1))).isInstanceOf(Assembly.Waiting.class);
  }

  @Test
  void holdsNoMoreThanItsRoomForAllTerminalsTogether() {
    int refused = 0;
    for (int terminal = 0; terminal < 200; terminal++) {
      TerminalPhone phone = TerminalPhone.of(String.valueOf(terminal), ProtocolVersion.V2019);
      Jt808Header header = Jt808Header.of(0x0801, phone, 1).part(1, 5);
      Assembly assembly = assembler.add(new Jt808Frame(header, Bytes.of(new byte[500]), 0));
      refused += assembly.equals(new Assembly.Rejected(PartFault.NO_ROOM)) ? 1 : 0;
    }
    assertThat(refused).isPositive().isLessThan(200);
    assertThat(assembler.heldBytes()).isLessThanOrEqualTo(LIMITS.maxHeldBytes());
  }

  @Test
  void aSinglePartIsWhole() {
    assertThat(assembler.add(part(5, 1, 1, 10))).isInstanceOf(Assembly.Complete.class);
  }

  private @Nullable PartFault rejected(Jt808Frame part) {
    return assembler.add(part) instanceof Assembly.Rejected(var fault) ? fault : null;
  }

  private static Jt808Frame part(int serial, int index, int total, int bytes) {
    Jt808Header header =
        new Jt808Header(0x0801, Jt808Header.SUB_PACKAGED, 0, PHONE, serial, total, index);
    return new Jt808Frame(header, Bytes.of(new byte[bytes]), 0);
  }

  private static List<Jt808Frame> parts(Jt808Message message, int serial) {
    return Jt808Codec.encode(message, PHONE, serial, ProtocolVersion.V2013).stream()
        .map(frame -> RecordingListener.of(frame).frames().getFirst())
        .toList();
  }

  private static String sha256(Bytes bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
  }
}
