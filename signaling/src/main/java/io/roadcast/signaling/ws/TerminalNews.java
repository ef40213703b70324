package io.roadcast.signaling.ws;

import io.roadcast.jtt.command.TerminalCommand;
import io.roadcast.jtt.position.Position;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes news of terminals for whoever listens and may see them. Any thread; never waits. */
public interface TerminalNews {
  void tell(String terminal, TerminalMessage message);

  /**
   * A terminal is somewhere. Of one terminal the newest in a second is told.
   *
   * @param vehicle that it is in; null if in none
   */
  void position(Position position, @Nullable UUID vehicle);

  void command(TerminalCommand command);
}
