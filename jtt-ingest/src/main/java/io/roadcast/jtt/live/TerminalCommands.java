package io.roadcast.jtt.live;

import io.roadcast.jtt.gateway.CommandFailedException;
import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LiveControl;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands about channels, over the terminals' JT/T 808 links. */
final class TerminalCommands implements ChannelCommands {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalCommands.class);
  private static final int CLOSE = 0;
  private static final int SWITCH = 1;
  private static final int PAUSE = 2;
  private static final int RESUME = 3;
  private static final int SOUND_AND_PICTURE = 0;
  private static final int PICTURE_ONLY = 1;

  private final TerminalLinks links;
  private final MediaAddress address;
  private final TerminalFormats formats;
  private final Duration timeout;
  private final Consumer<StreamId> mediaEnd;

  /**
   * @param timeout for the answer to a command
   * @param mediaEnd closes the connection that a stream's media come on
   */
  TerminalCommands(
      TerminalLinks links,
      MediaAddress address,
      TerminalFormats formats,
      Duration timeout,
      Consumer<StreamId> mediaEnd) {
    this.links = links;
    this.address = address;
    this.formats = formats;
    this.timeout = timeout;
    this.mediaEnd = mediaEnd;
  }

  @Override
  public boolean reachable(String terminal) {
    return links.find(terminal).isPresent();
  }

  @Override
  public void ask(StreamId channel, Consumer<CommandOutcome> answer) {
    Optional<TerminalLink> link = links.find(channel.terminal());
    if (link.isEmpty()) {
      answer.accept(CommandOutcome.NOT_SENT);
      return;
    }
    int data = formats.hasSound(channel.terminal()) ? SOUND_AND_PICTURE : PICTURE_ONLY;
    send(channel, link.get(), address.request(link.get(), channel, data), answer);
    formats.askOnce(link.get());
  }

  @Override
  public void close(StreamId channel, Consumer<CommandOutcome> answer) {
    control(channel, CLOSE, channel.quality(), answer);
  }

  @Override
  public void pause(StreamId channel, Consumer<CommandOutcome> answer) {
    control(channel, PAUSE, channel.quality(), answer);
  }

  @Override
  public void resume(StreamId channel, Consumer<CommandOutcome> answer) {
    control(channel, RESUME, channel.quality(), answer);
  }

  @Override
  public void switchTo(StreamId channel, Quality encoding, Consumer<CommandOutcome> answer) {
    control(channel, SWITCH, encoding, answer);
  }

  private void control(
      StreamId channel, int command, Quality encoding, Consumer<CommandOutcome> answer) {
    Optional<TerminalLink> link = links.find(channel.terminal());
    if (link.isEmpty()) {
      answer.accept(CommandOutcome.NOT_SENT);
      return;
    }
    int stream = encoding == Quality.MAIN ? 0 : 1;
    send(channel, link.get(), new LiveControl(channel.channel(), command, 0, stream), answer);
  }

  @Override
  public void cutMedia(StreamId channel) {
    LOG.info("[{}] still sends after it was told to stop: its connection is closed", channel);
    mediaEnd.accept(channel);
  }

  private void send(
      StreamId channel, TerminalLink link, Jt808Message command, Consumer<CommandOutcome> answer) {
    link.request(command, timeout)
        .whenComplete((said, failure) -> answer.accept(outcome(channel, command, failure)));
  }

  private static CommandOutcome outcome(StreamId channel, Jt808Message command, Throwable failure) {
    if (failure == null) {
      return CommandOutcome.ACCEPTED;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    LOG.info("[{}] 0x{}: {}", channel, Integer.toHexString(command.id()), String.valueOf(cause));
    if (!(cause instanceof CommandFailedException failed)) {
      return CommandOutcome.LOST;
    }
    return switch (failed.code()) {
      case TERMINAL_OFFLINE -> CommandOutcome.LOST;
      case CONNECTION_REPLACED -> CommandOutcome.REPLACED;
      case COMMAND_TIMED_OUT -> CommandOutcome.SILENT;
      case TERMINAL_REFUSED -> CommandOutcome.REFUSED;
      case TERMINAL_BUSY -> CommandOutcome.REPLACED; // To be said again in a moment.
    };
  }
}
