package io.roadcast.server;

import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.TerminalCredentials;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.command.CommandDesk;
import io.roadcast.jtt.gateway.Jt808Server;
import io.roadcast.jtt.journal.Journal;
import io.roadcast.jtt.live.LiveStreams;
import io.roadcast.jtt.multimedia.MediaStore;
import io.roadcast.jtt.position.LastPositions;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.safety.PeripheralKeeping;
import io.roadcast.jtt.safety.PeripheralTable;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.GatewayMetrics;
import io.roadcast.server.observe.Health;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.PeripheralMetrics;
import io.roadcast.signaling.fleet.TerminalStates;
import io.roadcast.signaling.terminal.TerminalApi;
import io.roadcast.signaling.ws.TerminalNews;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes what speaks JT/T 808 with terminals, and the journal of what they report. */
final class TerminalParts {
  /** Who follows the journal besides the positions. */
  static final String EVENTS = "events";

  private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(30);

  private final Jt808Server gateway;
  private final PositionParts positions;
  private final CommandDesk commands;
  private final MediaStore media;
  private final FleetRecords fleet;
  private final Journal journal;
  private final Ownership ownership;
  private final PeripheralTable peripherals;

  /**
   * Starts them.
   *
   * @throws StartException if the journal or the port can not be had
   */
  TerminalParts(
      ServerConfig config,
      Parts parts,
      Health health,
      Metrics metrics,
      Database database,
      FleetRecords fleet,
      TerminalCredentials credentials)
      throws StartException {
    List<LocationEntry> newest = new ArrayList<>();
    this.fleet = fleet;
    journal = openJournal(config, parts, newest);
    journal.expect(EVENTS);
    ownership = terminal -> TerminalPushes.owner(fleet.identities(), terminal);
    media = MultimediaParts.open(config, parts, health, metrics, database, ownership);
    LastPositions last = new LastPositions();
    gateway =
        new Jt808Server(
            ModuleConfigs.jt808(config),
            admission(config, fleet, credentials),
            journal,
            media,
            last,
            InstantSource.system());
    newest.forEach(gateway::recovered);
    peripherals = new PeripheralTable(database);
    PeripheralKeeping keeping =
        parts.add("peripherals", new PeripheralKeeping(peripherals, InstantSource.system()));
    gateway.links().listen(keeping);
    keeping.start();
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
    positions = new PositionParts(config, parts, health, database, journal, last, ownership);
    commands = new CommandDesk(database, gateway.links(), InstantSource.system(), COMMAND_TIMEOUT);
    metrics.add(new GatewayMetrics(gateway, journal, positions.follower()));
    metrics.add(new PeripheralMetrics(keeping));
  }

  private static FleetAdmission admission(
      ServerConfig config, FleetRecords fleet, TerminalCredentials credentials) {
    boolean open =
        switch (config.jt808().admission()) {
          case AUTO -> config.openAccess();
          case OPEN -> true;
          case KNOWN -> false;
        };
    return new FleetAdmission(
        open ? FleetAdmission.Door.OPEN : FleetAdmission.Door.KNOWN, fleet, credentials);
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

  /** Whether a terminal of these digits is one of the fleet, or came by. */
  boolean known(String digits) {
    return gateway.links().find(digits).isPresent()
        || gateway.positions().of(digits).isPresent()
        || fleet.identities().byNumber(digits) instanceof Resolution.Known;
  }

  /** The digits that a terminal signals with, by the id in its media packets. */
  Optional<String> byMediaId(byte[] raw) {
    return fleet.identities().byMediaId(raw) instanceof Resolution.Known(KnownTerminal known)
        ? Optional.of(known.digits())
        : Optional.empty();
  }

  /** The terminal of the fleet that has these digits. */
  Optional<KnownTerminal> byDigits(String digits) {
    return fleet.identities().byNumber(digits) instanceof Resolution.Known(KnownTerminal known)
        ? Optional.of(known)
        : Optional.empty();
  }

  /** How terminals are. */
  TerminalStates states(LiveStreams live) {
    return new GatewayStates(gateway, live);
  }

  /** Routes of positions, commands and pictures. */
  TerminalApi api(LiveStreams live) {
    return new TerminalApi(fleet, states(live), positions.tables(), commands, media, peripherals);
  }

  /** From now on the API's listeners are told of terminals. */
  void tell(TerminalNews news) {
    TerminalPushes pushes = new TerminalPushes(news, fleet.identities(), gateway.positions());
    gateway.links().listen(pushes);
    commands.onChange(pushes::changed);
    media.onListed(news::media);
  }

  Journal journal() {
    return journal;
  }

  Ownership ownership() {
    return ownership;
  }

  PositionParts positions() {
    return positions;
  }

  CommandDesk commands() {
    return commands;
  }

  Jt808Server gateway() {
    return gateway;
  }
}
