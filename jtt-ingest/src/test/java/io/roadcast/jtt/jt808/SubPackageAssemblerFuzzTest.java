package io.roadcast.jtt.jt808;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.time.Instant;

class SubPackageAssemblerFuzzTest {
  private static final AssemblyLimits LIMITS =
      new AssemblyLimits(5, 300, 3, 5000, Duration.ofSeconds(10), 1);

  private Instant now = Instant.EPOCH;

  @FuzzTest(maxDuration = "1m")
  void holdsNoMoreThanItsLimitsAndForgets(FuzzedDataProvider data) {
    SubPackageAssembler assembler = new SubPackageAssembler(LIMITS, () -> now);
    while (data.remainingBytes() > 0) {
      switch (data.consumeInt(0, 9)) {
        case 0 -> now = now.plusSeconds(data.consumeInt(0, 20));
        case 1 ->
            assertThat(assembler.overdue())
                .allSatisfy(each -> assertThat(each.missing()).isNotEmpty());
        case 2 -> assembler.forget(phone(data));
        default -> add(assembler, data);
      }
      assertThat(assembler.heldBytes()).isBetween(0L, LIMITS.maxHeldBytes());
      assertThat(assembler.incomplete().isEmpty()).isEqualTo(assembler.heldBytes() == 0);
    }
    for (int i = 0; i <= LIMITS.maxRequests(); i++) {
      now = now.plus(LIMITS.idle());
      assembler.overdue();
    }
    assertThat(assembler.heldBytes()).isZero();
    assertThat(assembler.incomplete()).isEmpty();
  }

  private static void add(SubPackageAssembler assembler, FuzzedDataProvider data) {
    Jt808Header header =
        new Jt808Header(
            data.consumeInt(0x0801, 0x0802),
            Jt808Header.SUB_PACKAGED | data.consumeInt(0, 1) << Jt808Header.ENCRYPTION_SHIFT,
            0,
            phone(data),
            data.consumeInt(0xfffc, 0x10003) % Jt808Header.SERIALS,
            data.consumeInt(0, 6),
            data.consumeInt(0, 6));
    Bytes body = Bytes.of(data.consumeBytes(data.consumeInt(0, 100)));
    if (assembler.add(new Jt808Frame(header, body, 0)) instanceof Assembly.Complete(var whole)) {
      assertThat(whole.body().length()).isLessThanOrEqualTo(LIMITS.maxMessageBytes());
      assertThat(whole.firstHeader().packageIndex()).isEqualTo(1);
    }
  }

  private static TerminalPhone phone(FuzzedDataProvider data) {
    return TerminalPhone.of(String.valueOf(data.consumeInt(0, 3)), ProtocolVersion.V2013);
  }
}
