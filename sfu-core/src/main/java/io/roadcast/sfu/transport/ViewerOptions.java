package io.roadcast.sfu.transport;

/**
 * What is said about a viewer besides its offer.
 *
 * @param peer who it is, for logs: user, address
 */
public record ViewerOptions(String peer) {
  public static ViewerOptions of(String peer) {
    return new ViewerOptions(peer);
  }
}
