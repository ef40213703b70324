package io.roadcast.recorder.store;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An S3-compatible store.
 *
 * @param endpoint null for that of Amazon in the region
 * @param prefix before all names of objects; empty or ends with a slash
 * @param credentials null: those that the SDK finds (environment, instance, profile)
 * @param pathStyle whether the bucket stands in the path, as most stores of one's own want it
 * @param partBytes of an upload in parts, 5 MiB at least; smaller files go in one piece
 * @param requestTimeout for one attempt
 * @param encryption what the store is asked to encrypt with
 * @param directLinks whether segments that we do not seal are read from the store itself
 */
public record ObjectStoreConfig(
    @Nullable URI endpoint,
    String region,
    String bucket,
    String prefix,
    @Nullable Credentials credentials,
    boolean pathStyle,
    int partBytes,
    Duration requestTimeout,
    ObjectEncryption encryption,
    boolean directLinks) {
  private static final int SMALLEST_PART_BYTES = 5 << 20;

  public ObjectStoreConfig {
    if (partBytes < SMALLEST_PART_BYTES) {
      throw new IllegalArgumentException("parts have 5 MiB at least");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix ends with a slash");
    }
  }

  /** Who we are to the store. */
  public record Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
      return "Credentials[" + accessKey + "]";
    }
  }

  /** What the store itself encrypts with. */
  public enum ObjectEncryption {
    NONE,
    /** With keys of the store's own (SSE-S3). */
    AES256,
    /** With the bucket's key in a key management service (SSE-KMS). */
    KMS
  }
}
