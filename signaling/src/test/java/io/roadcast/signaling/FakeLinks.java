package io.roadcast.signaling;

import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.gateway.TerminalListener;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ProtocolVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Terminals that are connected and answer what a test says. */
public final class FakeLinks implements TerminalLinks {
  public final List<Jt808Message> requests = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<Jt808Message>> answers = new ConcurrentHashMap<>();

  /** From now on a terminal is connected, and its next answers are this one. */
  public CompletableFuture<Jt808Message> connect(String terminal) {
    CompletableFuture<Jt808Message> answer = new CompletableFuture<>();
    answers.put(terminal, answer);
    return answer;
  }

  @Override
  public Optional<TerminalLink> find(String terminal) {
    return Optional.ofNullable(answers.get(terminal)).map(answer -> new Link(terminal, answer));
  }

  @Override
  public Registration listen(TerminalListener listener) {
    return () -> {};
  }

  private final class Link implements TerminalLink {
    private final String terminal;
    private final CompletableFuture<Jt808Message> answer;

    Link(String terminal, CompletableFuture<Jt808Message> answer) {
      this.terminal = terminal;
      this.answer = answer;
    }

    @Override
    public String terminal() {
      return terminal;
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
    public CompletionStage<Jt808Message> request(Jt808Message command, Duration timeout) {
      requests.add(command);
      return answer;
    }

    @Override
    public void send(Jt808Message message) {
      requests.add(message);
    }
  }
}
