package io.roadcast.jtt.live;

import io.roadcast.jtt.live.ChannelLease.Standing;
import io.roadcast.sfu.router.LeaseHolder;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamUnavailableException;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel of a terminal in one quality: takes events one after the other and does what {@link
 * ChannelMachine} says about them. Its methods only put something into the queue.
 */
final class LiveChannel {
  private static final Logger LOG = LoggerFactory.getLogger(LiveChannel.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final StreamId id;
  private final ChannelSurroundings surroundings;
  private final Consumer<LiveChannel> whenQuiet;
  private final ChannelListener listener;
  private final EventQueue queue;

  // Only in the queue's order.
  private final Deque<ChannelLease> waiting = new ArrayDeque<>();
  private final List<ChannelLease> granted = new ArrayList<>();
  private final Map<Long, CompletableFuture<ControlResult>> controls = new HashMap<>();
  private Runnable stopTimer = () -> {};

  /** Somebody paused it for all who watch. */
  private boolean pausedForAll;

  private ChannelStatus told = ChannelStatus.IDLE;

  private volatile ChannelState state = ChannelState.INITIAL;
  private volatile int viewers;

  /**
   * @param whenQuiet called when nothing is left to be done for the moment
   */
  LiveChannel(
      StreamId id,
      ChannelSurroundings surroundings,
      ChannelListener listener,
      Consumer<LiveChannel> whenQuiet) {
    this.id = id;
    this.surroundings = surroundings;
    this.listener = listener;
    this.whenQuiet = whenQuiet;
    this.queue = new EventQueue(surroundings.executor(), () -> whenQuiet.accept(this));
  }

  StreamId id() {
    return id;
  }

  ChannelState state() {
    return state;
  }

  /** A stream that came without being asked for is live as well. */
  ChannelStatus status() {
    ChannelState now = state;
    boolean unasked = now.phase() == ChannelPhase.IDLE && now.media() != MediaPresence.NONE;
    return new ChannelStatus(
        unasked ? ChannelPhase.LIVE : now.phase(),
        viewers,
        now.paused(),
        surroundings.failures().of(id));
  }

  /** Whether it can be forgotten: nothing comes and nobody wants it, with nothing in its queue. */
  boolean idle() {
    return state.atRest() && state.media() == MediaPresence.NONE && queue.isEmpty();
  }

  ChannelLease join(LeaseHolder holder) {
    ChannelLease lease = new ChannelLease(this, holder);
    queue.execute(() -> admit(lease));
    return lease;
  }

  void leave(ChannelLease lease) {
    queue.execute(() -> dismiss(lease));
  }

  /** A holder looks away, or looks again. */
  void look(ChannelLease lease, boolean looking) {
    queue.execute(
        () -> {
          lease.looking(looking);
          pauseIfNobodyLooks();
        });
  }

  CompletionStage<ControlResult> pause() {
    return control(
        answer -> {
          pausedForAll = true;
          settle(answer);
        });
  }

  CompletionStage<ControlResult> resume() {
    return control(
        answer -> {
          pausedForAll = false;
          settle(answer);
        });
  }

  CompletionStage<ControlResult> switchTo(Quality encoding) {
    return control(
        answer ->
            surroundings
                .commands()
                .switchTo(id, encoding, outcome -> answer.complete(ControlResult.of(outcome))));
  }

  /** Does what somebody wishes of what is live because it was asked for. */
  private CompletionStage<ControlResult> control(Consumer<CompletableFuture<ControlResult>> wish) {
    CompletableFuture<ControlResult> answer = new CompletableFuture<>();
    queue.execute(
        () -> {
          if (state.phase() != ChannelPhase.LIVE || !state.owesClose()) {
            answer.complete(ControlResult.NOT_LIVE);
          } else if (otherQualityBusy()) {
            answer.complete(ControlResult.OTHER_QUALITY_BUSY);
          } else {
            wish.accept(answer);
          }
        });
    return answer;
  }

  /** Done when the terminal has answered, or at once if it need not be told. */
  private void settle(CompletableFuture<ControlResult> answer) {
    long before = state.command();
    pauseIfNobodyLooks();
    if (state.command() == before) {
      answer.complete(ControlResult.DONE);
    } else {
      controls.put(state.command(), answer);
    }
  }

  /** A terminal pauses both qualities of a channel, so only if the other one is not needed. */
  private void pauseIfNobodyLooks() {
    boolean unseen = !granted.isEmpty() && granted.stream().noneMatch(ChannelLease::looking);
    boolean held = (pausedForAll || unseen) && !otherQualityBusy();
    if (held != state.paused()) {
      take(held ? new ChannelEvent.Held() : new ChannelEvent.Released());
    }
  }

  private boolean otherQualityBusy() {
    Quality other = id.quality() == Quality.MAIN ? Quality.SUB : Quality.MAIN;
    return surroundings.busy().test(id.in(other));
  }

  /** Its stream began, changed or stopped. */
  void mediaChanged() {
    queue.execute(this::lookAtMedia);
  }

  void terminalOnline() {
    queue.execute(() -> take(new ChannelEvent.TerminalOnline()));
  }

  void budgetSpent() {
    queue.execute(() -> take(new ChannelEvent.BudgetSpent()));
  }

  void serverStopping() {
    queue.execute(() -> take(new ChannelEvent.ServerStopping()));
  }

  private void admit(ChannelLease lease) {
    lookAtMedia();
    boolean affordable = !surroundings.budget().of(id.terminal()).spent();
    lease.standing(Standing.WAITING);
    waiting.addLast(lease);
    pausedForAll = false;
    take(new ChannelEvent.Joined(lease.wish(), affordable));
  }

  private void dismiss(ChannelLease lease) {
    Standing standing = lease.standing();
    lease.standing(Standing.OVER);
    switch (standing) {
      case NEW, OVER -> {}
      case WAITING -> {
        waiting.remove(lease);
        lease.cancel();
        take(new ChannelEvent.Left(lease.wish(), false));
      }
      case GRANTED -> {
        granted.remove(lease);
        take(new ChannelEvent.Left(lease.wish(), true));
        pauseIfNobodyLooks();
      }
    }
  }

  private void lookAtMedia() {
    MediaPresence now = MediaPresence.of(surroundings.router().find(id));
    if (now != state.media()) {
      take(new ChannelEvent.Media(now));
    }
  }

  private void take(ChannelEvent event) {
    ChannelPhase before = state.phase();
    ChannelMachine.Step step = surroundings.machine().step(state, event);
    state = step.state();
    step.effects().forEach(this::perform);
    ChannelPhase now = step.state().phase();
    if (now != before) {
      LOG.debug("[{}] {} after {}", id, now.label(), event);
      if (before == ChannelPhase.STOPPING && now == ChannelPhase.IDLE) {
        surroundings.router().endInterrupted(id, "nobody watches it");
      }
    }
    viewers =
        (int)
            (waiting.stream().filter(ChannelLease::ofViewer).count()
                + granted.stream().filter(ChannelLease::ofViewer).count());
    tellIfChanged();
    if (now != before && now == ChannelPhase.LIVE) {
      pauseIfNobodyLooks();
    }
  }

  private void tellIfChanged() {
    if (status().phase() == ChannelPhase.LIVE) {
      surroundings.failures().forget(id);
    }
    ChannelStatus now = status();
    if (now.differsNoticeably(told)) {
      told = now;
      listener.changed(id, now);
    }
  }

  private void perform(ChannelEffect effect) {
    switch (effect) {
      case ChannelEffect.Ask(long number) -> {
        surroundings.statistics().asked();
        surroundings.commands().ask(id, outcome -> answered(number, outcome));
      }
      case ChannelEffect.Close(long number) -> close(number);
      case ChannelEffect.Pause(long number) ->
          surroundings.commands().pause(id, outcome -> answered(number, outcome));
      case ChannelEffect.Resume(long number) ->
          surroundings.commands().resume(id, outcome -> answered(number, outcome));
      case ChannelEffect.CutMedia cut -> {
        surroundings.statistics().cut();
        surroundings.commands().cutMedia(id);
      }
      case ChannelEffect.StartTimer(long number, ChannelTimer timer, Duration after) -> {
        stopTimer.run();
        stopTimer =
            surroundings
                .timers()
                .start(after, () -> queue.execute(() -> take(new ChannelEvent.TimerFired(number))));
      }
      case ChannelEffect.StopTimer stop -> {
        stopTimer.run();
        stopTimer = () -> {};
      }
      case ChannelEffect.Grant grant -> grantAll();
      case ChannelEffect.Refuse(Code code) -> {
        waiting.forEach(lease -> refuse(lease, code));
        waiting.clear();
      }
      case ChannelEffect.TurnAway(Code code) -> refuse(waiting.removeLast(), code);
      case ChannelEffect.Revoke(Code code) -> {
        granted.forEach(lease -> lease.standing(Standing.OVER));
        granted.clear();
        noteFailure(code);
        LOG.info("[{}] taken away from its viewers: {}", id, code);
      }
    }
  }

  /**
   * A terminal may take the close of one quality for both. If it has refused this one, and nothing
   * of it has come, there is nothing to be closed for that price.
   */
  private void close(long number) {
    boolean refused =
        state.lastFailure() == Code.TERMINAL_REFUSED && state.media() == MediaPresence.NONE;
    if (refused && otherQualityBusy()) {
      answered(number, CommandOutcome.ACCEPTED);
      return;
    }
    surroundings.statistics().closed();
    surroundings.commands().close(id, outcome -> answered(number, outcome));
  }

  private void answered(long number, CommandOutcome outcome) {
    queue.execute(
        () -> {
          take(new ChannelEvent.Answered(number, outcome));
          CompletableFuture<ControlResult> control = controls.remove(number);
          if (control != null) {
            control.complete(ControlResult.of(outcome));
          }
        });
  }

  private void grantAll() {
    @Nullable Stream stream = surroundings.router().find(id);
    for (ChannelLease lease : waiting) {
      lease.standing(Standing.GRANTED);
      granted.add(lease);
      if (stream == null) {
        // It ended in this very moment; the holder will leave, as with any stream that ends.
        lease.refuse(failure(Code.NO_MEDIA));
      } else {
        lease.grant(stream);
      }
      surroundings.statistics().granted();
    }
    waiting.clear();
  }

  private void refuse(ChannelLease lease, Code code) {
    lease.standing(Standing.OVER);
    surroundings.statistics().refused(code);
    noteFailure(code);
    lease.refuse(failure(code));
  }

  private void noteFailure(Code code) {
    if (code != Code.SERVER_STOPPING) {
      surroundings.failures().note(id, code);
    }
  }

  private StreamUnavailableException failure(Code code) {
    return new StreamUnavailableException(code, detailOf(code), RETRY_AFTER);
  }

  private String detailOf(Code code) {
    return switch (code) {
      case STREAM_NOT_FOUND -> "There is no such stream.";
      case TERMINAL_OFFLINE -> "The terminal is not connected.";
      case TERMINAL_REFUSED -> "The terminal was asked for this channel and refused.";
      case NO_MEDIA -> "The terminal was asked for this channel, but sent nothing to show.";
      case DATA_BUDGET_EXCEEDED ->
          surroundings.budget().of(id.terminal()) == DataBudget.Verdict.ORGANIZATION_SPENT
              ? "The organization has used up its data of this month."
              : "The terminal has used up its data of this month.";
      case SERVER_STOPPING -> "The server is stopping.";
    };
  }

  @Override
  public String toString() {
    return id + " " + Objects.requireNonNull(state).phase().label();
  }
}
