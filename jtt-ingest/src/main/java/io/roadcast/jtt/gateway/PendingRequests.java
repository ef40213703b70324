package io.roadcast.jtt.gateway;

import io.roadcast.jtt.gateway.CommandFailedException.Code;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.CameraShotAnswer;
import io.roadcast.jtt.jt808.Jt808Answer;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.TerminalAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The commands of one link that wait for their answer, by our serial number. Belongs to the link's
 * event loop.
 */
final class PendingRequests {
  /** A command under way. */
  private static final class Request {
    private final int commandId;
    private final AnswerRule rule;
    private final CompletableFuture<Jt808Message> answer;
    private final List<Bytes> frames;
    private final long deadlineNanos;
    private long repeatNanos;
    private int repeats;

    Request(
        int commandId,
        AnswerRule rule,
        CompletableFuture<Jt808Message> answer,
        List<Bytes> frames,
        long deadlineNanos) {
      this.commandId = commandId;
      this.rule = rule;
      this.answer = answer;
      this.frames = frames;
      this.deadlineNanos = deadlineNanos;
    }
  }

  private final Map<Integer, Request> bySerial = new LinkedHashMap<>();
  private final Wire wire;
  private final long retryNanos;

  PendingRequests(Wire wire, Duration retryInterval) {
    this.wire = wire;
    this.retryNanos = retryInterval.toNanos();
  }

  /**
   * Waits for the answer to a command that is sent just now.
   *
   * @param serial of its last frame, which is the one that is answered
   */
  void add(
      int serial,
      Jt808Message command,
      List<Bytes> frames,
      CompletableFuture<Jt808Message> answer,
      Duration timeout,
      long nowNanos) {
    Request request =
        new Request(
            command.id(), AnswerRule.of(command), answer, frames, nowNanos + timeout.toNanos());
    request.repeats = 1;
    request.repeatNanos = nowNanos + retryNanos;
    Request older = bySerial.put(serial, request);
    if (older != null) { // 65536 messages later, and still no answer
      fail(older, Code.COMMAND_TIMED_OUT, "no answer before the serial numbers came round");
    }
  }

  /** Whether a serial number is still waited for. */
  boolean uses(int serial) {
    return bySerial.containsKey(serial);
  }

  int size() {
    return bySerial.size();
  }

  boolean isEmpty() {
    return bySerial.isEmpty();
  }

  /** Takes an answer; false if nobody waits for it. */
  boolean answered(Jt808Message message) {
    return switch (message) {
      case TerminalAnswer general -> general(general);
      case Jt808Answer special -> special(special);
      default -> withoutSerial(message);
    };
  }

  private boolean general(TerminalAnswer answer) {
    Request request = bySerial.get(answer.replySerial());
    if (request == null || request.commandId != answer.replyId()) {
      return false;
    }
    if (answer.result() != 0) {
      bySerial.remove(answer.replySerial());
      request.answer.completeExceptionally(CommandFailedException.refused(answer.result()));
    } else if (request.rule.generalSuffices()) {
      bySerial.remove(answer.replySerial());
      request.answer.complete(answer);
    } else {
      request.repeatNanos = request.deadlineNanos; // it arrived; the special answer is to come
    }
    return true;
  }

  private boolean special(Jt808Answer answer) {
    Request request = bySerial.get(answer.replySerial());
    if (request == null || request.rule.special() != answer.id()) {
      return false;
    }
    bySerial.remove(answer.replySerial());
    if (answer instanceof CameraShotAnswer shot && shot.result() != 0) {
      request.answer.completeExceptionally(CommandFailedException.refused(shot.result()));
    } else {
      request.answer.complete(answer);
    }
    return true;
  }

  private boolean withoutSerial(Jt808Message answer) {
    Iterator<Request> oldestFirst = bySerial.values().iterator();
    while (oldestFirst.hasNext()) {
      Request request = oldestFirst.next();
      if (request.rule.withoutSerial() && request.rule.special() == answer.id()) {
        oldestFirst.remove();
        request.answer.complete(answer);
        return true;
      }
    }
    return false;
  }

  /** Repeats what was lost, where that can be, and gives up what took too long. */
  void tick(long nowNanos) {
    Iterator<Request> all = bySerial.values().iterator();
    List<Request> late = new ArrayList<>();
    while (all.hasNext()) {
      Request request = all.next();
      if (nowNanos - request.deadlineNanos >= 0 || request.answer.isDone()) {
        all.remove();
        late.add(request);
      } else if (wire.lossy() && nowNanos - request.repeatNanos >= 0) {
        request.repeats++;
        request.repeatNanos = nowNanos + factorial(request.repeats) * retryNanos;
        wire.send(request.frames);
      }
    }
    late.forEach(
        request -> fail(request, Code.COMMAND_TIMED_OUT, "the terminal did not answer in time"));
  }

  /** T(n+1) = T(n) x (n+1) (JT/T 808-2013 section 5.2). */
  private static long factorial(int n) {
    long product = 1;
    for (int i = 2; i <= Math.min(n, 10); i++) {
      product *= i;
    }
    return product;
  }

  /** The link is over. */
  void failAll(Code code, String detail) {
    List<Request> all = List.copyOf(bySerial.values());
    bySerial.clear();
    all.forEach(request -> fail(request, code, detail));
  }

  private static void fail(Request request, Code code, String detail) {
    request.answer.completeExceptionally(new CommandFailedException(code, detail));
  }
}
