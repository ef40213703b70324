package io.roadcast.jtt.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.command.TerminalCommand.State;
import io.roadcast.jtt.gateway.CommandFailedException;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.gateway.TerminalListener;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ParameterAnswer;
import io.roadcast.jtt.jt808.ParameterQuery;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalAnswer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands from the request to the answer, in a real PostgreSQL. */
@Timeout(180)
class CommandDeskTest {
  private final TestDatabase database = TestDatabase.create();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final OneLink links = new OneLink();
  private CommandDesk desk;

  @BeforeEach
  void open() {
    desk = newDesk();
    desk.onChange(command -> told.add(command.state().label()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void goesFromQueuedOverSentToAcknowledged() {
    TerminalCommand taken = desk.take(order("139", null)).command();
    assertThat(taken.state()).isEqualTo(State.QUEUED);
    await().until(() -> find(taken).state() == State.SENT);
    links.answer.complete(ParameterAnswer.of(0, List.of()));
    await().until(() -> find(taken).state() == State.ACKNOWLEDGED);
    assertThat(find(taken).answer()).startsWith("{").contains("\"params\"");
    assertThat(find(taken).result()).isEqualTo("success");
    await().untilAsserted(() -> assertThat(told).containsExactly("queued", "sent", "acknowledged"));
  }

  @Test
  void theGeneralAnswerSaysNoMoreThanYes() {
    TerminalCommand taken = desk.take(order("139", null)).command();
    links.answer.complete(new TerminalAnswer(0, 0x8104, 0));
    await().until(() -> find(taken).state() == State.ACKNOWLEDGED);
    assertThat(find(taken).answer()).isNull();
  }

  @Test
  void failuresKeepTheirNames() {
    TerminalCommand refused = desk.take(order("139", null)).command();
    links.answer.completeExceptionally(CommandFailedException.refused(3));
    await().until(() -> find(refused).state() == State.FAILED);
    assertThat(find(refused).code()).isEqualTo("TERMINAL_REFUSED");
    assertThat(find(refused).result()).isEqualTo("not_supported");

    links.answer = new CompletableFuture<>();
    TerminalCommand late = desk.take(order("139", null)).command();
    links.answer.completeExceptionally(
        new CommandFailedException(CommandFailedException.Code.COMMAND_TIMED_OUT, "late"));
    await().until(() -> find(late).state() == State.TIMED_OUT);

    TerminalCommand nobody = desk.take(order("140", null)).command();
    await().until(() -> find(nobody).state() == State.FAILED);
    assertThat(find(nobody).code()).isEqualTo("TERMINAL_OFFLINE");
  }

  @Test
  void theSameKeyIsTheSameCommand() {
    CommandDesk.Taken first = desk.take(order("139", "key"));
    CommandDesk.Taken again = desk.take(order("139", "key"));
    assertThat(again.command().id()).isEqualTo(first.command().id());
    assertThat(again.keyOfAnotherRequest()).isFalse();
    CommandOrder other =
        new CommandOrder("139", null, "position", new ParameterQuery(), "other", "me", "key", null);
    assertThat(desk.take(other).keyOfAnotherRequest()).isTrue();
    assertThat(desk.latest("139", 10)).hasSize(1);
    assertThat(links.requests).isEqualTo(1);
  }

  @Test
  void listsTheNewestFirst() {
    UUID first = desk.take(order("139", null)).command().id();
    UUID second = desk.take(order("139", null)).command().id();
    List<TerminalCommand> latest = desk.latest("139", 1);
    assertThat(latest).extracting(TerminalCommand::id).containsExactly(second);
    assertThat(desk.olderThan(latest.getFirst(), 10))
        .extracting(TerminalCommand::id)
        .containsExactly(first);
  }

  @Test
  void whatWasUnderWayWhenTheServerEndedHasFailed() {
    TerminalCommand taken = desk.take(order("139", null)).command();
    await().until(() -> find(taken).state() == State.SENT);
    newDesk();
    await().until(() -> find(taken).state() == State.FAILED);
    assertThat(find(taken).code()).isEqualTo(CommandDesk.INTERRUPTED);
  }

  private CommandDesk newDesk() {
    return new CommandDesk(
        database.database(), links, InstantSource.system(), Duration.ofSeconds(30));
  }

  private TerminalCommand find(TerminalCommand command) {
    return desk.find(command.id()).orElseThrow();
  }

  private static CommandOrder order(String terminal, @Nullable String key) {
    return new CommandOrder(
        terminal, null, "parameters.read", new ParameterQuery(), "{}", "me", key, null);
  }

  /** Terminal 139 is connected and answers as a test says. */
  private static final class OneLink implements TerminalLinks, TerminalLink {
    volatile CompletableFuture<Jt808Message> answer = new CompletableFuture<>();
    private int requests;

    @Override
    public Optional<TerminalLink> find(String terminal) {
      return terminal.equals("139") ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Registration listen(TerminalListener listener) {
      return () -> {};
    }

    @Override
    public String terminal() {
      return "139";
    }

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
      return InetSocketAddress.createUnresolved("terminal.example", 1);
    }

    @Override
    public synchronized CompletionStage<Jt808Message> request(
        Jt808Message command, Duration timeout) {
      requests++;
      return answer;
    }

    @Override
    public void send(Jt808Message message) {
      throw new AssertionError("only requests");
    }
  }
}
