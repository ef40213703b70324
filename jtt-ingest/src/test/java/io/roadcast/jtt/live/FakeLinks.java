package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.CommandFailedException;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.gateway.TerminalListener;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ProtocolVersion;
import io.roadcast.jtt.jt808.TerminalAnswer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One terminal's link; what is said to it is kept, and the test answers. */
final class FakeLinks implements TerminalLinks, TerminalLink {
  static final TerminalAnswer YES = new TerminalAnswer(1, 0x9101, 0);

  /** A command that waits for its answer. */
  record Said(Jt808Message message, CompletableFuture<Jt808Message> answer) {
    void fail(CommandFailedException.Code code) {
      answer.completeExceptionally(new CommandFailedException(code, "the test wants it"));
    }
  }

  final List<Said> said = new CopyOnWriteArrayList<>();
  final List<Jt808Message> notices = new CopyOnWriteArrayList<>();
  private final List<TerminalListener> listeners = new CopyOnWriteArrayList<>();
  private final String terminal;
  private volatile boolean connected = true;
  volatile @Nullable InetSocketAddress reached;
  volatile long epoch = 1;

  FakeLinks(String terminal) {
    this.terminal = terminal;
  }

  void disconnect() {
    connected = false;
  }

  <M extends Jt808Message> List<M> said(Class<M> type) {
    return said.stream().map(Said::message).filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public Optional<TerminalLink> find(String wanted) {
    return connected && wanted.equals(terminal) ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Registration listen(TerminalListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void online() {
    connected = true;
    listeners.forEach(listener -> listener.online(this));
  }

  int listeners() {
    return listeners.size();
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
    return ProtocolVersion.V2013;
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress("127.0.0.1", 40112);
  }

  @Override
  public Optional<InetSocketAddress> local() {
    return Optional.ofNullable(reached);
  }

  @Override
  public CompletionStage<Jt808Message> request(Jt808Message command, Duration timeout) {
    Said one = new Said(command, new CompletableFuture<>());
    said.add(one);
    return one.answer();
  }

  @Override
  public void send(Jt808Message message) {
    notices.add(message);
  }
}
