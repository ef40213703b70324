package io.roadcast.jtt.gateway;

import io.roadcast.jtt.gateway.CommandFailedException.Code;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Jt808Codec;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.TerminalPhone;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one terminal is sent: messages under our serial numbers, commands that wait for their
 * answer, and the last long message, of which packages may be asked for again. Belongs to the
 * session's event loop.
 */
final class Outgoing {
  private final LinkSession session;
  private @Nullable PendingRequests pending;
  private @Nullable List<Bytes> lastLong;
  private int lastLongSerial;
  private int serial;

  Outgoing(LinkSession session) {
    this.session = session;
  }

  void send(Jt808Message message) {
    session.wire().send(encode(message));
  }

  private List<Bytes> encode(Jt808Message message) {
    TerminalPhone to =
        Objects.requireNonNull(session.phone(), "nothing was heard of the terminal yet");
    while (pending != null && pending.uses(serial)) {
      serial = (serial + 1) % Jt808Header.SERIALS;
    }
    List<Bytes> frames = Jt808Codec.encode(message, to, serial, session.version());
    if (frames.size() > 1) {
      lastLong = frames;
      lastLongSerial = serial;
    }
    serial = (serial + frames.size()) % Jt808Header.SERIALS;
    return frames;
  }

  /** Packages of our last long message that did not arrive (0x0005). */
  void repeat(int firstSerial, List<Integer> indexes) {
    List<Bytes> frames = lastLong;
    if (frames != null && firstSerial == lastLongSerial) {
      session
          .wire()
          .send(
              indexes.stream()
                  .filter(index -> index >= 1 && index <= frames.size())
                  .distinct()
                  .map(index -> frames.get(index - 1))
                  .toList());
    }
  }

  /** Sends a command whose answer is waited for. */
  void request(Jt808Message command, Duration timeout, CompletableFuture<Jt808Message> answer) {
    GatewayCore core = session.core();
    PendingRequests requests = pending;
    if (requests == null) {
      requests = new PendingRequests(session.wire(), core.config().times().retry());
      pending = requests;
    }
    if (requests.size() >= core.config().maxRequests()) {
      answer.completeExceptionally(
          new CommandFailedException(Code.TERMINAL_BUSY, "too many commands are under way"));
      return;
    }
    try {
      List<Bytes> frames = encode(command);
      int last = Math.floorMod(serial - 1, Jt808Header.SERIALS);
      requests.add(last, command, frames, answer, timeout, System.nanoTime());
      core.statistics().request();
      session.wire().send(frames);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e); // a value that does not fit its field, or worse
    }
  }

  /** Gives an answer to whoever waits for it; false if nobody does. */
  boolean answered(Jt808Message message) {
    PendingRequests requests = pending;
    if (requests == null || !requests.answered(message)) {
      return false;
    }
    if (requests.isEmpty()) {
      pending = null;
    }
    return true;
  }

  /** Repeats and gives up commands whose time has come. */
  void tick(long nowNanos) {
    PendingRequests requests = pending;
    if (requests != null) {
      requests.tick(nowNanos);
      if (requests.isEmpty()) {
        pending = null;
      }
    }
  }

  /** Nobody will answer what is waited for. */
  void failPending(Code code, String detail) {
    PendingRequests requests = pending;
    pending = null;
    if (requests != null) {
      requests.failAll(code, detail);
    }
  }
}
