package io.roadcast.server.config;

/** The map of the web page. */
public record MapSection(String tileUrl, String attribution) {
  public MapSection {
    if (!tileUrl.isEmpty() && !tileUrl.matches("https?://[^/{}]+/.*")) {
      throw new IllegalArgumentException("tile-url begins with http(s)://host/, not " + tileUrl);
    }
    for (String part : new String[] {"{z}", "{x}", "{y}"}) {
      if (!tileUrl.isEmpty() && !tileUrl.contains(part)) {
        throw new IllegalArgumentException("tile-url needs " + part + ", not " + tileUrl);
      }
    }
  }
}
