package io.roadcast.signaling.whep;

import io.roadcast.fleet.access.Principal;
import io.roadcast.signaling.auth.TurnCredentials;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The STUN and TURN servers that a viewer is told of, with a user name of its own. Any thread. */
public final class IceServers {
  private final List<IceServer> fixed;
  private final List<String> relays;
  private final @Nullable TurnCredentials credentials;

  /**
   * @param fixed told to everybody as they are
   */
  public IceServers(List<IceServer> fixed, TurnConfig turn, InstantSource clock) {
    this.fixed = List.copyOf(fixed);
    this.relays = turn.urls();
    this.credentials =
        turn.urls().isEmpty()
            ? null
            : new TurnCredentials(turn.sharedSecret(), turn.credentialLifetime(), clock);
  }

  List<IceServer> of(Principal principal) {
    if (credentials == null) {
      return fixed;
    }
    List<IceServer> servers = new ArrayList<>(fixed);
    TurnCredentials.Minted minted = credentials.mint(principal.id());
    for (String url : relays) {
      servers.add(new IceServer(url, minted.username(), minted.password()));
    }
    return servers;
  }

  /** How long what {@link #of} says is good; empty if it does not end. */
  Optional<Duration> lifetime() {
    return Optional.ofNullable(credentials).map(TurnCredentials::lifetime);
  }
}
