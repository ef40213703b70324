package io.roadcast.signaling.http;

import java.net.URI;
import java.util.Optional;

/**
 * What the operator of the server chose for the web page.
 *
 * @param tileUrl address of a map tile with {@code {z}}, {@code {x}} and {@code {y}}; empty for the
 *     page's own map without a tile server
 * @param attribution what the tile server wants to be said on the map
 * @param openAtStart how many vehicles that are online the page opens by itself for who has not
 *     chosen yet; each costs that vehicle's mobile data
 */
public record PageSettings(String tileUrl, String attribution, int openAtStart) {
  public PageSettings {
    if (!tileUrl.isEmpty()) {
      originOf(tileUrl);
    }
    if (openAtStart < 0) {
      throw new IllegalArgumentException("so many vehicles opened at the start: " + openAtStart);
    }
  }

  /** No tile server; nothing is opened that nobody asked for. */
  public static PageSettings defaults() {
    return new PageSettings("", "", 0);
  }

  /** Scheme, host and port of the tile server: the one other host the page may load pictures of. */
  Optional<String> tileOrigin() {
    return tileUrl.isEmpty() ? Optional.empty() : Optional.of(originOf(tileUrl));
  }

  private static String originOf(String tileUrl) {
    for (String part : new String[] {"{z}", "{x}", "{y}"}) {
      if (!tileUrl.contains(part)) {
        throw new IllegalArgumentException("a tile address needs " + part + ": " + tileUrl);
      }
    }
    URI uri = URI.create(tileUrl.replaceAll("[{}]", ""));
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("a tile address begins with http(s)://host: " + tileUrl);
    }
    return scheme + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
