package io.roadcast.server;

import io.roadcast.jtt.gateway.TerminalLink;
import io.roadcast.jtt.gateway.TerminalLinks;
import io.roadcast.jtt.gateway.TerminalListener;
import java.util.Optional;

/** No terminal signals: whatever sends media does so unasked. */
final class NoTerminals implements TerminalLinks {
  @Override
  public Optional<TerminalLink> find(String terminal) {
    return Optional.empty();
  }

  @Override
  public Registration listen(TerminalListener listener) {
    return () -> {};
  }
}
