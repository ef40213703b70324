package io.roadcast.sfu.transport;

import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.StreamLease;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a viewer besides its offer.
 *
 * @param peer who it is, for logs: user, address
 * @param lease what keeps its stream coming: closed when the viewer is, however that happens
 * @param profile which pictures it asked for; {@link PictureRenditions#PLAIN} for the stream's own
 */
public record ViewerOptions(String peer, @Nullable StreamLease lease, String profile) {
  public static ViewerOptions of(String peer) {
    return new ViewerOptions(peer, null, PictureRenditions.PLAIN);
  }

  public ViewerOptions holding(StreamLease held) {
    return new ViewerOptions(peer, held, profile);
  }

  public ViewerOptions in(String otherProfile) {
    return new ViewerOptions(peer, lease, otherProfile);
  }
}
