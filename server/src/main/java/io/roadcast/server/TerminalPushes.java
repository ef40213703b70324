package io.roadcast.server;

import io.roadcast.fleet.IdentityResolver;
import io.roadcast.fleet.KnownTerminal;
import io.roadcast.fleet.Resolution;
import io.roadcast.jtt.command.TerminalCommand;
import io.roadcast.jtt.gateway.IdentityConflict;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalListener;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.position.LastPositions;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.signaling.ws.TerminalMessage;
import io.roadcast.signaling.ws.TerminalNews;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the API's listeners what becomes of terminals. */
final class TerminalPushes implements TerminalListener {
  private final TerminalNews news;
  private final IdentityResolver identities;
  private final LastPositions positions;

  TerminalPushes(TerminalNews news, IdentityResolver identities, LastPositions positions) {
    this.news = news;
    this.identities = identities;
    this.positions = positions;
  }

  /** Whose a terminal is, as far as the fleet knows. */
  static Ownership.Owner owner(IdentityResolver identities, String terminal) {
    return known(identities, terminal)
        .map(known -> new Ownership.Owner(known.id(), known.vehicle(), known.organization()))
        .orElse(Ownership.Owner.NOBODY);
  }

  private static Optional<KnownTerminal> known(IdentityResolver identities, String terminal) {
    return identities.byNumber(terminal) instanceof Resolution.Known(KnownTerminal known)
        ? Optional.of(known)
        : Optional.empty();
  }

  @Override
  public void online(TerminalLink link) {
    String protocol = Integer.toString(link.version().year());
    news.tell(
        link.terminal(), TerminalMessage.online(id(link.terminal()), link.terminal(), protocol));
  }

  @Override
  public void offline(String terminal, long epoch) {
    news.tell(terminal, TerminalMessage.offline(id(terminal), terminal));
  }

  @Override
  public void conflict(IdentityConflict conflict) {
    String terminal = conflict.terminal();
    news.tell(terminal, TerminalMessage.conflict(id(terminal), terminal, IdentityConflict.CODE));
  }

  @Override
  public void located(String terminal, LocationReport report, boolean backlog) {
    if (!backlog) {
      positions.of(terminal).ifPresent(position -> news.position(position, vehicle(terminal)));
    }
  }

  @Override
  public void message(TerminalLink link, Jt808Message message) {
    if (message instanceof MediaEvent event) {
      news.announced(link.terminal(), event);
    }
  }

  void changed(TerminalCommand command) {
    news.command(command);
  }

  private @Nullable UUID vehicle(String terminal) {
    KnownTerminal known = known(identities, terminal).orElse(null);
    return known == null ? null : known.vehicle();
  }

  private @Nullable UUID id(String terminal) {
    return known(identities, terminal).map(KnownTerminal::id).orElse(null);
  }
}
