package io.roadcast.signaling.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose pages may use this server besides its own. There are no cookies, so a foreign page can only
 * do what a token that it holds allows; with open access only pages of the same machine may.
 */
public final class AllowedOrigins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> listed;
  private final boolean loopback;

  private AllowedOrigins(Set<String> listed, boolean loopback) {
    this.listed = listed;
    this.loopback = loopback;
  }

  /**
   * @param origins such as "https://fleet.example", or "*" for all
   */
  public static AllowedOrigins listed(List<String> origins) {
    return new AllowedOrigins(
        origins.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()),
        false);
  }

  /** Pages of this machine. */
  public static AllowedOrigins loopback() {
    return new AllowedOrigins(Set.of(), true);
  }

  boolean any() {
    return listed.contains("*");
  }

  boolean permits(String origin) {
    return any()
        || listed.contains(origin.toLowerCase(Locale.ROOT))
        || (loopback && isLoopback(hostOf(origin)));
  }

  /**
   * Whether a page may open a WebSocket here: its origin is ours or allowed; programs send none.
   */
  public boolean permitsSocket(@Nullable String origin, @Nullable String ownHost) {
    return origin == null || permits(origin) || isSame(origin, ownHost);
  }

  static boolean isLoopback(@Nullable String host) {
    return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }

  private static boolean isSame(String origin, @Nullable String ownHost) {
    try {
      return ownHost != null && ownHost.equalsIgnoreCase(new URI(origin).getAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static @Nullable String hostOf(String origin) {
    try {
      return new URI(origin).getHost();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
