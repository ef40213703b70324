package io.roadcast.server;

import io.roadcast.fleet.database.Database;
import io.roadcast.jtt.gateway.Admission;
import io.roadcast.jtt.gateway.Jt808Server;
import io.roadcast.jtt.gateway.MediaSink;
import io.roadcast.jtt.gateway.OpenAdmission;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.position.LastPositions;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.GatewayMetrics;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes what speaks JT/T 808 with terminals, and the journal of what they report. */
final class TerminalParts {
  private final Jt808Server gateway;
  private final PositionParts positions;

  /**
   * Starts them.
   *
   * @throws StartException if the journal or the port can not be had
   */
  TerminalParts(ServerConfig config, Parts parts, Health health, Metrics metrics, Database database)
      throws StartException {
    List<LocationEntry> newest = new ArrayList<>();
    Journal journal = openJournal(config, parts, newest);
    LastPositions last = new LastPositions();
    gateway =
        new Jt808Server(
            ModuleConfigs.jt808(config),
            admission(),
            journal,
            MediaSink.none(),
            last,
            InstantSource.system());
    newest.forEach(gateway::recovered);
    try {
      gateway.start();
    } catch (IOException failure) {
      throw BindProblem.explain(
          failure, config.listenAddress(), config.jt808().port(), "jt808.port");
    }
    parts.add("jt808", gateway);
    health.check(
        "jt808", () -> gateway.listening() ? Optional.empty() : Optional.of("the port is closed"));
    health.check("journal", journal::problem);
    positions =
        new PositionParts(config, parts, health, database, journal, last, Ownership.nobodys());
    metrics.add(new GatewayMetrics(gateway, journal, positions.follower()));
  }

  private static Admission admission() {
    return new OpenAdmission();
  }

  private static Journal openJournal(ServerConfig config, Parts parts, List<LocationEntry> newest)
      throws StartException {
    try {
      return parts.add(
          "journal",
          Journal.open(
              ModuleConfigs.journal(config),
              InstantSource.system(),
              value -> {
                if (value.kind() == LocationEntry.KIND) {
                  newest.add(LocationEntry.of(value));
                }
              }));
    } catch (IOException failure) {
      throw new StartException(
          "the journal of positions can not be opened: " + failure.getMessage(), failure);
    }
  }

  /** Whether a terminal of these digits is connected, or was. */
  boolean known(String digits) {
    return gateway.links().find(digits).isPresent() || gateway.positions().of(digits).isPresent();
  }

  PositionParts positions() {
    return positions;
  }

  Jt808Server gateway() {
    return gateway;
  }
}
