package io.roadcast.signaling.ws;

import io.roadcast.jtt.command.TerminalCommand;
import io.roadcast.jtt.jt808.MediaEvent;
import io.roadcast.jtt.multimedia.MediaRecord;
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

  /** A file of a terminal can be asked for. */
  void media(MediaRecord media);

  /** A terminal says that it recorded something. */
  void announced(String terminal, MediaEvent event);
}
