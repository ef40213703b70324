package io.roadcast.sfu.transport;

import io.roadcast.sfu.router.StreamLease;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a viewer besides its offer.
 *
 * @param peer who it is, for logs: user, address
 * @param lease what keeps its stream coming: closed when the viewer is, however that happens
 */
public record ViewerOptions(String peer, @Nullable StreamLease lease) {
  public static ViewerOptions of(String peer) {
    return new ViewerOptions(peer, null);
  }

  public ViewerOptions holding(StreamLease held) {
    return new ViewerOptions(peer, held);
  }
}
