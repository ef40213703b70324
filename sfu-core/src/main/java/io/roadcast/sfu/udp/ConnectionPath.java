package io.roadcast.sfu.udp;

import java.lang.foreign.MemorySegment;

/**
 * A peer at the other end of a connection that it opened. Packets are copied and wait in a bounded
 * queue of its own, so that a slow one costs nobody else anything.
 */
public interface ConnectionPath extends PeerPath {
  /** Whether another run is taken now. If not, the viewer is told when it is again. */
  boolean ready();

  /**
   * Takes a run: packets of one length back to back, of which only the last may be shorter. What is
   * sent to a closed connection is lost, as anywhere in a network.
   *
   * @return false if too much waits; then nothing was taken
   */
  boolean send(MemorySegment from, long offset, int length, int stride);

  /**
   * The connection is a viewer's: its user proved the password.
   *
   * @param ready run on any thread when {@link #ready} says yes after it said no
   */
  void adopted(Runnable ready);

  /** Ends the connection. Any thread, any number of times. */
  void close();
}
