package io.roadcast.server;

import io.roadcast.events.EventFiles;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.action.ActionFailedException;
import io.roadcast.events.action.AttachmentRequests;
import io.roadcast.jtt.attachment.AttachmentServer;
import io.roadcast.jtt.command.CommandDesk;
import io.roadcast.jtt.command.CommandOrder;
import io.roadcast.jtt.command.TerminalCommand;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.AttachmentUpload;
import io.roadcast.jtt.jt808.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Asks terminals for files by 0x9208, as a command like any other. */
final class CommandedAttachments implements AttachmentRequests {
  private static final long LOOK_NANOS = 200_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final AttachmentServer server;
  private final TerminalLinks links;
  private final CommandDesk commands;

  CommandedAttachments(AttachmentServer server, TerminalLinks links, CommandDesk commands) {
    this.server = server;
    this.links = links;
    this.commands = commands;
  }

  @Override
  public void ask(SafetyEvent event) throws ActionFailedException {
    EventFiles files = event.files();
    if (files == null || files.count() == 0) {
      throw ActionFailedException.never("NO_FILES");
    }
    TerminalLink link =
        links
            .find(event.terminal())
            .orElseThrow(() -> ActionFailedException.later("TERMINAL_OFFLINE"));
    AttachmentUpload wanted;
    try {
      wanted =
          server.request(link, event.id(), new AlarmIdentifier(Bytes.ofHex(files.identifier())));
    } catch (IOException failure) {
      throw ActionFailedException.later("NOT_WRITTEN");
    }
    UUID command =
        commands
            .take(
                new CommandOrder(
                    event.terminal(),
                    event.owner().organization(),
                    "upload_attachments",
                    wanted,
                    "{\"event\":\"" + event.id() + "\"}",
                    "safety-events",
                    null,
                    null))
            .command()
            .id();
    await(command);
  }

  /** Until the terminal has answered; what it sends then is the server's affair. */
  private void await(UUID id) throws ActionFailedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      TerminalCommand now = commands.find(id).orElseThrow();
      switch (now.state()) {
        case ACKNOWLEDGED -> {
          return;
        }
        case FAILED, TIMED_OUT -> {
          String code = now.code() == null ? "COMMAND_FAILED" : now.code();
          throw ActionFailedException.later(code);
        }
        case QUEUED, SENT -> LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    throw ActionFailedException.later("COMMAND_TIMED_OUT");
  }
}
