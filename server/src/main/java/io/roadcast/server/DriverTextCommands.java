package io.roadcast.server;

import io.roadcast.events.SafetyEvent;
import io.roadcast.events.action.ActionFailedException;
import io.roadcast.events.action.DriverTexts;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.jtt.command.CommandDesk;
import io.roadcast.jtt.command.CommandOrder;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.TextMessage;

/** Texts to drivers as commands (0x8300), shown and spoken. */
final class DriverTextCommands implements DriverTexts {
  private static final int DISPLAY_AND_SPEAK = 1 << 2 | 1 << 3;
  private static final String PRINCIPAL = "event-rules";

  private final CommandDesk desk;
  private final TerminalLinks links;

  DriverTextCommands(CommandDesk desk, TerminalLinks links) {
    this.desk = desk;
    this.links = links;
  }

  @Override
  public void tell(SafetyEvent event, String text, String task) throws ActionFailedException {
    if (links.find(event.terminal()).isEmpty()) {
      throw ActionFailedException.later("TERMINAL_OFFLINE");
    }
    try {
      desk.take(
          new CommandOrder(
              event.terminal(),
              event.owner().organization(),
              "text",
              new TextMessage(DISPLAY_AND_SPEAK, TextMessage.NOTICE, GbkText.of(text)),
              "{\"type\":\"text\",\"event\":\"" + event.id() + "\"}",
              PRINCIPAL,
              task,
              null));
    } catch (DatabaseUnavailableException away) {
      throw ActionFailedException.later("DATABASE_UNAVAILABLE");
    }
  }
}
