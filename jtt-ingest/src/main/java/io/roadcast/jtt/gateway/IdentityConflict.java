package io.roadcast.jtt.gateway;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;

/**
 * Two boxes use the same number and drive each other away.
 *
 * @param terminal digits without leading zeros
 * @param addresses that connections came from lately
 * @param since when it was first seen
 */
public record IdentityConflict(String terminal, Set<InetAddress> addresses, Instant since) {
  /** Name of this state in the API. */
  public static final String CODE = "IDENTITY_CONFLICT";

  public IdentityConflict {
    addresses = Set.copyOf(addresses);
  }
}
