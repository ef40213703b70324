package io.roadcast.server.config;

import io.roadcast.signaling.whep.TurnConfig;
import java.time.Duration;
import java.util.List;

/** TURN servers that give relays to those whom we gave a user name. */
public record TurnSection(
    List<String> urls,
    Secret sharedSecret,
    @Between(min = "10m", max = "168h") Duration credentialLifetime) {
  public TurnSection {
    new TurnConfig(urls, sharedSecret.reveal(), credentialLifetime);
  }
}
