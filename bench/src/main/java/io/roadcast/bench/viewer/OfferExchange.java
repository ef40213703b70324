package io.roadcast.bench.viewer;

import java.io.IOException;

/** How a viewer's offer becomes the server's answer: WHEP, or a server in the same process. */
public interface OfferExchange {
  /**
   * Brings the offer to the server; called once.
   *
   * @return the SDP answer
   * @throws WhepException if the server refuses
   */
  String answer(String offer) throws IOException, InterruptedException;

  /** Tells the server that the viewer leaves; called once, after an answer. */
  default void leave() throws IOException, InterruptedException {}
}
