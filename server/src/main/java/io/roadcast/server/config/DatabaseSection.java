package io.roadcast.server.config;

/** Where everything that outlives a restart is kept. */
public record DatabaseSection(
    String url, String user, Secret password, @Between(min = "2", max = "500") int poolSize) {
  public DatabaseSection {
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("url begins with jdbc:postgresql://");
    }
  }

  /** Whether an operator's database is used, and not one that we run ourselves. */
  public boolean external() {
    return !url.isEmpty();
  }
}
