package io.roadcast.jtt.gateway;

import io.roadcast.jtt.gateway.CommandFailedException.Code;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ProtocolVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An authenticated terminal as others see it. */
final class ActiveLink implements TerminalLink {
  private final String terminal;
  private final long epoch;
  private final LinkSession session;

  ActiveLink(String terminal, long epoch, LinkSession session) {
    this.terminal = terminal;
    this.epoch = epoch;
    this.session = session;
  }

  @Override
  public String terminal() {
    return terminal;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public ProtocolVersion version() {
    return session.version();
  }

  @Override
  public InetSocketAddress remote() {
    return session.wire().remote();
  }

  @Override
  public Optional<InetSocketAddress> local() {
    return Optional.ofNullable(session.wire().local());
  }

  @Override
  public CompletionStage<Jt808Message> request(Jt808Message command, Duration timeout) {
    CompletableFuture<Jt808Message> answer = new CompletableFuture<>();
    if (!session.wire().run(() -> session.request(this, command, timeout, answer))) {
      answer.completeExceptionally(
          new CommandFailedException(Code.TERMINAL_OFFLINE, "the server is stopping"));
    }
    return answer;
  }

  @Override
  public void send(Jt808Message message) {
    session.wire().run(() -> session.sendFor(this, message));
  }

  LinkSession session() {
    return session;
  }

  @Override
  public String toString() {
    return terminal + "#" + epoch;
  }
}
