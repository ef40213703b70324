package io.roadcast.sfu.transport;

import io.roadcast.sfu.router.PictureRenditions;
import io.roadcast.sfu.router.StreamLease;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a viewer besides its offer.
 *
 * @param user who opened it, by the name of a credential
 * @param address where from, for logs; empty if that says nothing
 * @param lease what keeps its stream coming: closed when the viewer is, however that happens
 * @param profile which pictures it asked for; {@link PictureRenditions#PLAIN} for the stream's own
 */
public record ViewerOptions(
    String user, String address, @Nullable StreamLease lease, String profile) {
  public static ViewerOptions of(String user) {
    return of(user, "");
  }

  public static ViewerOptions of(String user, String address) {
    return new ViewerOptions(user, address, null, PictureRenditions.PLAIN);
  }

  /** Who it is, for logs. */
  String peer() {
    return address.isEmpty() ? user : user + " at " + address;
  }

  public ViewerOptions holding(StreamLease held) {
    return new ViewerOptions(user, address, held, profile);
  }

  public ViewerOptions in(String otherProfile) {
    return new ViewerOptions(user, address, lease, otherProfile);
  }
}
