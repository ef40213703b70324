package io.roadcast.jtt.command;

import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.jtt.command.TerminalCommand.State;
import io.roadcast.jtt.gateway.CommandFailedException;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.inspect.MessageText;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.TerminalAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands, sends them and writes down what became of them. A command that was taken is in
 * the database before it is sent. All methods may be called on any thread that may block; each
 * command has a virtual thread of its own.
 */
public final class CommandDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

  /** Name of the failure of commands that were under way when the server ended. */
  public static final String INTERRUPTED = "SERVER_RESTARTED";

  private static final UUID LAST = new UUID(-1, -1);
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(5);
  private static final Duration LAST_WORD = Duration.ofMinutes(2);

  private final CommandTable table;
  private final TerminalLinks links;
  private final InstantSource clock;
  private final Duration timeout;
  private final List<Consumer<TerminalCommand>> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param timeout how long a terminal may take to answer
   */
  public CommandDesk(
      Database database, TerminalLinks links, InstantSource clock, Duration timeout) {
    this.table = new CommandTable(database);
    this.links = links;
    this.clock = clock;
    this.timeout = timeout;
    Instant started = now();
    database.onReady(
        () -> Thread.ofVirtual().name("commands").start(() -> failUnfinished(started)));
  }

  private void failUnfinished(Instant started) {
    try {
      int count = table.failUnfinished(started, INTERRUPTED);
      if (count > 0) {
        LOG.info("[commands] {} were under way when the server ended", count);
      }
    } catch (RuntimeException away) { // also when the server ends meanwhile
      LOG.debug("[commands] later: {}", away.getMessage());
    }
  }

  /** Tells somebody of every change; must not block. */
  public void onChange(Consumer<TerminalCommand> listener) {
    listeners.add(listener);
  }

  /** A command, and whether its key was used for something else before. */
  public record Taken(TerminalCommand command, boolean keyOfAnotherRequest) {}

  /**
   * Takes a command, or finds the one of the same idempotency key.
   *
   * @throws DatabaseUnavailableException if the database is away; nothing is sent then
   */
  public Taken take(CommandOrder order) {
    Instant now = now();
    TerminalCommand fresh =
        new TerminalCommand(
            TimeOrderedId.next(),
            order.terminal(),
            order.organization(),
            order.type(),
            State.QUEUED,
            null,
            null,
            null,
            order.batch(),
            now,
            now);
    if (!table.insert(fresh, order)) {
      CommandTable.Known known = table.ofKey(order).orElseThrow();
      return new Taken(known.command(), !known.request().equals(order.request()));
    }
    tell(fresh);
    Thread.ofVirtual().name("command-" + fresh.id()).start(() -> carryOut(fresh, order.message()));
    return new Taken(fresh, false);
  }

  private void carryOut(TerminalCommand command, Jt808Message message) {
    Optional<TerminalLink> link = links.find(command.terminal());
    if (link.isEmpty()) {
      String offline = CommandFailedException.Code.TERMINAL_OFFLINE.name();
      change(command.with(State.FAILED, null, offline, null, now()));
      return;
    }
    TerminalCommand sent = command.with(State.SENT, null, null, null, now());
    var answer = link.get().request(message, timeout).toCompletableFuture();
    change(sent);
    try {
      Jt808Message said = answer.get(timeout.plus(ANSWER_MARGIN).toMillis(), TimeUnit.MILLISECONDS);
      String text =
          said instanceof TerminalAnswer ? null : MessageText.json(said, link.get().version());
      change(sent.with(State.ACKNOWLEDGED, "success", null, text, now()), taken(said));
    } catch (ExecutionException e) {
      change(failed(sent, e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      change(failed(sent, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Long> taken(Jt808Message said) {
    return said instanceof CameraShotAnswer shot && shot.mediaIds() != null
        ? shot.mediaIds()
        : List.of();
  }

  private TerminalCommand failed(TerminalCommand sent, Throwable cause) {
    if (cause instanceof CommandFailedException failure) {
      State state =
          failure.code() == CommandFailedException.Code.COMMAND_TIMED_OUT
              ? State.TIMED_OUT
              : State.FAILED;
      String result = failure.result() >= 0 ? resultName(failure.result()) : null;
      return sent.with(state, result, failure.code().name(), null, now());
    }
    if (cause instanceof TimeoutException) {
      String late = CommandFailedException.Code.COMMAND_TIMED_OUT.name();
      return sent.with(State.TIMED_OUT, null, late, null, now());
    }
    LOG.error("[commands] {} failed", sent.id(), cause);
    return sent.with(State.FAILED, null, "INTERNAL", null, now());
  }

  /** Of the result byte of 0x0001 (JT/T 808-2019 table of the general answer). */
  private static String resultName(int result) {
    return switch (result) {
      case 0 -> "success";
      case 1 -> "failure";
      case 2 -> "bad_message";
      case 3 -> "not_supported";
      default -> "result_" + result;
    };
  }

  private void change(TerminalCommand command) {
    change(command, List.of());
  }

  /** Writes it down, again and again if the database is away for a moment. */
  private void change(TerminalCommand command, List<Long> taken) {
    Instant giveUp = now().plus(LAST_WORD);
    while (true) {
      try {
        if (table.update(command, taken)) {
          tell(command);
        }
        return;
      } catch (DatabaseUnavailableException away) {
        if (now().isAfter(giveUp)) {
          LOG.warn("[commands] {} could not be written down as {}", command.id(), command.state());
          return;
        }
        LockSupport.parkNanos(500_000_000L);
      }
    }
  }

  private void tell(TerminalCommand command) {
    for (Consumer<TerminalCommand> listener : listeners) {
      try {
        listener.accept(command);
      } catch (RuntimeException mistake) {
        LOG.error("[commands] a listener failed", mistake);
      }
    }
  }

  public Optional<TerminalCommand> find(UUID id) {
    return table.find(id);
  }

  /** Of a terminal, newest first. */
  public List<TerminalCommand> latest(String terminal, int limit) {
    return table.list(terminal, Instant.now().plus(1, ChronoUnit.DAYS), LAST, limit);
  }

  /** The same, older than one that was shown. */
  public List<TerminalCommand> olderThan(TerminalCommand shown, int limit) {
    return table.list(shown.terminal(), shown.createdAt(), shown.id(), limit);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
