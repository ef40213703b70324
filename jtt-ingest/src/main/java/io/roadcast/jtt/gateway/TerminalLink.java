package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.ProtocolVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A terminal that is connected and authenticated. Ends with its connection and is never reused: a
 * terminal that comes back has a new link. All methods may be called on any thread.
 */
public interface TerminalLink {
  /** Digits without leading zeros, as in stream ids. */
  String terminal();

  /**
   * Rises with each link of the same terminal, so that what belongs to an older one can be told.
   */
  long epoch();

  /** As the terminal's own messages show it, so far. */
  ProtocolVersion version();

  /** Where the terminal's last message came from. */
  InetSocketAddress remote();

  /**
   * The address of ours that the terminal reached, if it is known: it can reach our other ports
   * there too.
   */
  default Optional<InetSocketAddress> local() {
    return Optional.empty();
  }

  /**
   * Sends a command and waits for the answer that belongs to it.
   *
   * @param timeout for the whole of it, repetitions included
   * @return the special answer, or the general one (0x0001) with result 0 where there is no special
   *     one; fails with {@link CommandFailedException}. Completed on the link's event loop: who has
   *     more to do goes elsewhere
   */
  CompletionStage<Jt808Message> request(Jt808Message command, Duration timeout);

  /** Sends a message that needs no answer. */
  void send(Jt808Message message);
}
