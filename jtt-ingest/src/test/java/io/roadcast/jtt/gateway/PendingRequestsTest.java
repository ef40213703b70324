package io.roadcast.jtt.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.TerminalAnswer;
import io.roadcast.jtt.jt808.TerminalControl;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Commands by our serial numbers, which go round after 65 536. */
class PendingRequestsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final LossyWire wire = new LossyWire();
  private final PendingRequests pending = new PendingRequests(wire, SECOND);

  @Test
  void whoStillWaitsWhenTheSerialNumbersComeRoundHasWaitedTooLong() {
    CompletableFuture<Jt808Message> first = command(7, Duration.ofDays(1));
    assertThat(pending.uses(7)).isTrue();
    CompletableFuture<Jt808Message> second = command(7, Duration.ofDays(1));
    assertThat(code(first)).isEqualTo(CommandFailedException.Code.COMMAND_TIMED_OUT);
    assertThat(pending.answered(new TerminalAnswer(7, TerminalControl.ID, 0))).isTrue();
    assertThat(second).isCompleted();
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void whatMayGetLostIsRepeatedLessAndLessOftenUntilItIsTooLate() {
    CompletableFuture<Jt808Message> answer = command(7, Duration.ofSeconds(8));
    for (int second = 0; second <= 7; second++) {
      pending.tick(second * SECOND.toNanos());
    }
    assertThat(wire.sent).as("after 1 s, and 2 s later").hasSize(2);
    assertThat(answer).isNotDone();
    pending.tick(8 * SECOND.toNanos());
    assertThat(code(answer)).isEqualTo(CommandFailedException.Code.COMMAND_TIMED_OUT);
    assertThat(pending.answered(new TerminalAnswer(7, TerminalControl.ID, 0)))
        .as("an answer that is too late")
        .isFalse();
  }

  private CompletableFuture<Jt808Message> command(int serial, Duration timeout) {
    CompletableFuture<Jt808Message> answer = new CompletableFuture<>();
    List<Bytes> frames = List.of(Bytes.ofHex("00"));
    pending.add(serial, new TerminalControl(4, null), frames, answer, timeout, 0);
    return answer;
  }

  private static CommandFailedException.Code code(CompletableFuture<Jt808Message> failed) {
    return ((CommandFailedException) failed.exceptionNow()).code();
  }

  /** Keeps what is sent. */
  private static final class LossyWire implements Wire {
    private final List<List<Bytes>> sent = new ArrayList<>();

    @Override
    public void send(List<Bytes> frames) {
      sent.add(frames);
    }

    @Override
    public void close(CloseReason reason) {
      throw new AssertionError(reason);
    }

    @Override
    public InetSocketAddress remote() {
      return new InetSocketAddress("127.0.0.1", 1);
    }

    @Override
    public InetSocketAddress local() {
      return new InetSocketAddress("127.0.0.1", 2);
    }

    @Override
    public void read(Reading reading) {
      throw new AssertionError(reading);
    }

    @Override
    public boolean run(Runnable task) {
      task.run();
      return true;
    }

    @Override
    public boolean lossy() {
      return true;
    }

    @Override
    public boolean moved() {
      return false;
    }

    @Override
    public void settled() {
      throw new AssertionError("nobody authenticates itself here");
    }
  }
}
