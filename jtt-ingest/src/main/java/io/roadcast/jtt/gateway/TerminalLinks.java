package io.roadcast.jtt.gateway;

import java.util.Optional;

/** The terminals that are connected. All methods may be called on any thread. */
public interface TerminalLinks {
  /**
   * The present link of a terminal.
   *
   * @param terminal digits without leading zeros, as in stream ids
   */
  Optional<TerminalLink> find(String terminal);

  /**
   * Tells a listener of everything from now on.
   *
   * @return ends that when closed
   */
  Registration listen(TerminalListener listener);

  /** Ends what it stands for. Closing it again does nothing. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
