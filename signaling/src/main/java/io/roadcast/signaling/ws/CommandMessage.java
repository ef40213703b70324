package io.roadcast.signaling.ws;

import io.roadcast.jtt.command.TerminalCommand;
import io.roadcast.signaling.terminal.CommandView;

/** A command to a terminal is at another state. */
record CommandMessage(String type, CommandView command) {
  static CommandMessage of(TerminalCommand command) {
    return new CommandMessage("command.changed", CommandView.of(command));
  }
}
