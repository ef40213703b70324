package io.roadcast.jtt.jt1078;

/** Knows which terminals are online or were asked for media; settles ambiguous ids. */
@FunctionalInterface
public interface ExpectedTerminals {
  /** Compared by {@link TerminalId#digits()}; called on the connection's event loop. */
  boolean expects(TerminalId terminal);

  /** Expects nobody in particular. */
  static ExpectedTerminals unknown() {
    return terminal -> false;
  }
}
