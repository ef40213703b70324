package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Bytes;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way to one terminal. Used on its event loop, except for {@link #remote}, {@link #local} and
 * {@link #run}.
 */
interface Wire {
  /** Sends whole frames, in order. */
  void send(List<Bytes> frames);

  /** Ends the way; the session is told by {@link LinkSession#closed}. */
  void close(CloseReason reason);

  /** Where the terminal is now. */
  InetSocketAddress remote();

  /** The address of ours that the terminal reached; null if it can not be told. */
  @Nullable InetSocketAddress local();

  /** Stops reading while an answer is awaited, or goes on. */
  void read(Reading reading);

  /** Runs something on the event loop; false if the server stops and it never will. */
  boolean run(Runnable task);

  /** Whether messages may get lost, so that commands are repeated. */
  boolean lossy();

  /** Whether the terminal's address is another than when it authenticated itself. */
  boolean moved();

  /** The terminal authenticated itself from where it is now. */
  void settled();

  /** Whether the terminal is read. */
  enum Reading {
    ON,
    PAUSED
  }
}
