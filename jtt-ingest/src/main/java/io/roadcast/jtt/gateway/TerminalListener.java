package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.LocationReport;

/** Is told about terminals, on their event loops, in order for each terminal. Must never block. */
public interface TerminalListener {
  /** A terminal authenticated itself; an older link of it, if any, was told {@link #offline}. */
  default void online(TerminalLink link) {}

  /**
   * A link is over.
   *
   * @param epoch of that link
   */
  default void offline(String terminal, long epoch) {}

  /**
   * A position was reported and is kept.
   *
   * @param backlog it is old and was sent late: nothing is to be done about it now
   */
  default void located(String terminal, LocationReport report, boolean backlog) {}

  /** Several boxes seem to use the number of one terminal. Told once, when it is noticed. */
  default void conflict(IdentityConflict conflict) {}

  /** Any other message of an authenticated terminal; answers to requests are not among them. */
  default void message(TerminalLink link, Jt808Message message) {}
}
