package io.roadcast.jtt.gateway;

import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.journal.JournalConfig;
import io.roadcast.jtt.journal.JournalReader;
import io.roadcast.jtt.journal.JournalRecord;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.position.LastPositions;
import io.roadcast.jtt.position.LocationEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway on any free port, with a journal, and a note of what it told. */
final class TestGateway implements AutoCloseable {
  static final Jt808Config CONFIG = Jt808Config.usual().at("127.0.0.1", 0);

  /** The usual ones by UDP, others by TCP. */
  static Jt808Config.Connections connections(int max, int maxPerAddress, int registrations) {
    Jt808Config.Connections usual = CONFIG.connections();
    return new Jt808Config.Connections(
        max, maxPerAddress, usual.maxUdpTerminals(), usual.maxTerminals(), registrations);
  }

  final Journal journal;
  final Jt808Server server;
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Jt808Message> messages = new CopyOnWriteArrayList<>();

  TestGateway(Path directory) throws IOException {
    this(directory, CONFIG, new OpenAdmission());
  }

  TestGateway(Path directory, Jt808Config config, Admission admission) throws IOException {
    this(JournalConfig.in(directory), config, admission, keepsAll());
  }

  TestGateway(JournalConfig kept, Jt808Config config, Admission admission, MediaSink media)
      throws IOException {
    List<LocationEntry> recovered = new CopyOnWriteArrayList<>();
    journal =
        Journal.open(kept, InstantSource.system(), value -> recovered.add(LocationEntry.of(value)));
    server =
        new Jt808Server(
            config, admission, journal, media, new LastPositions(), InstantSource.system());
    recovered.forEach(server::recovered);
    server.links().listen(new Notes());
    server.start();
  }

  /** Says of everything that it is kept. */
  static MediaSink keepsAll() {
    return media -> CompletableFuture.completedFuture(null);
  }

  int port() {
    return server.port();
  }

  TerminalLink link(String terminal) {
    return server.links().find(terminal).orElseThrow();
  }

  List<JournalRecord> kept() throws IOException {
    try (JournalReader reader = journal.reader(0)) {
      return reader.next(100_000);
    }
  }

  private final class Notes implements TerminalListener {
    @Override
    public void online(TerminalLink link) {
      told.add("online " + link.terminal());
    }

    @Override
    public void offline(String terminal, long epoch) {
      told.add("offline " + terminal);
    }

    @Override
    public void located(String terminal, LocationReport report, boolean backlog) {
      told.add("located " + terminal + (backlog ? " backlog" : ""));
    }

    @Override
    public void message(TerminalLink link, Jt808Message message) {
      messages.add(message);
    }

    @Override
    public void conflict(IdentityConflict conflict) {
      told.add("conflict " + conflict.terminal());
    }
  }

  @Override
  public void close() {
    server.close();
    journal.close();
  }
}
