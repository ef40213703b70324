package io.roadcast.sfu.udp;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One worker's socket of the shared port: the only place that knows how this system sends and
 * receives. All methods but {@link #wake()} belong to the worker's thread.
 */
public interface UdpPort extends AutoCloseable {
  /** For logs and metrics, e.g. {@code nio}. */
  String name();

  /** Where the socket is bound. */
  InetSocketAddress localAddress();

  /** How many bytes one run may have at most; a longer one is to be cut. */
  int maxRunBytes();

  /** Prepares an address for sending. */
  PeerPath path(PeerAddress address);

  /**
   * Sleeps until something came in, the socket can be written again after it could not, somebody
   * calls {@link #wake()}, or the time is over. Never fails: an error of the socket ends the sleep.
   *
   * @param nanos how long at most; 0 or less looks without sleeping
   */
  void await(long nanos);

  /** Ends the current {@link #await} or, if there is none, the next one. Any thread. */
  void wake();

  /**
   * Takes in what the last {@link #await} found, as far as it fits. Errors of the socket are
   * counted, not thrown.
   */
  void receive(ReceiveBatch batch);

  /**
   * Sends runs from {@link SendBatch#firstUnsent()} on until all are gone or the socket takes no
   * more, and tells the batch how far it came. Errors that concern one peer (refused, unreachable,
   * not permitted, too long) drop that run and are counted.
   */
  void send(SendBatch batch);

  /** Errors of the socket and of single peers so far. */
  long errors();

  /** Whether runs leave as one message that the system segments. Any thread. */
  default boolean segments() {
    return false;
  }

  /** How often the system refused to segment, so that packets left singly. Any thread. */
  default long refusedSegmentations() {
    return 0;
  }

  @Override
  void close() throws IOException;
}
