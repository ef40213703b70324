package io.roadcast.signaling.whep;

import java.time.Duration;
import java.util.List;

/**
 * TURN servers that share a secret with us.
 *
 * @param urls such as "turn:turn.example:3478?transport=udp"; none if there is no such server
 * @param credentialLifetime how long a user name is good
 */
public record TurnConfig(List<String> urls, String sharedSecret, Duration credentialLifetime) {
  /** No such server. */
  public static final TurnConfig NONE = new TurnConfig(List.of(), "", Duration.ofHours(12));

  public TurnConfig {
    urls = List.copyOf(urls);
    for (String url : urls) {
      new IceServer(url, null, null);
      if (!url.startsWith("turn")) {
        throw new IllegalArgumentException("not the URL of a TURN server: " + url);
      }
    }
    if (!urls.isEmpty() && sharedSecret.isEmpty()) {
      throw new IllegalArgumentException("TURN servers without the secret that they share with us");
    }
  }

  @Override
  public String toString() {
    return "TurnConfig" + urls;
  }
}
