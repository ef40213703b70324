package io.roadcast.server.config;

import java.time.Duration;

/** An S3-compatible store that older recordings are moved to. */
public record ObjectStoreSection(
    String bucket,
    String endpoint,
    String region,
    String prefix,
    String accessKey,
    Secret secretKey,
    boolean pathStyle,
    @Between(min = "0s", max = "87600h") Duration moveAfter,
    @Between(min = "5MiB", max = "512MiB") long partBytes,
    @Between(min = "1s", max = "10m") Duration requestTimeout,
    StoreEncryption encryption,
    boolean directLinks) {
  public ObjectStoreSection {
    if (accessKey.isEmpty() != secretKey.isEmpty()) {
      throw new IllegalArgumentException("access-key and secret-key are set together, or neither");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("prefix ends with a slash");
    }
    if (!endpoint.isEmpty() && !endpoint.matches("https?://[^/?#]+/?")) {
      throw new IllegalArgumentException("endpoint is such as https://s3.example:9000");
    }
  }

  /** Whether there is one. */
  public boolean present() {
    return !bucket.isEmpty();
  }
}
