package io.roadcast.events.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a webhook's messages are signed with, as Standard Webhooks says: 24 to 64 bytes. */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final int NEW_BYTES = 32;

  private final byte[] key;

  /**
   * @throws IllegalArgumentException if it is too short or too long
   */
  WebhookSecret(byte[] key) {
    if (key.length < LEAST_BYTES || key.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a secret has " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
    }
    this.key = key.clone();
  }

  /** A new one. */
  public static WebhookSecret random() {
    byte[] key = new byte[NEW_BYTES];
    new SecureRandom().nextBytes(key);
    return new WebhookSecret(key);
  }

  /**
   * @param text {@code whsec_} and base64
   * @throws IllegalArgumentException if it is none
   */
  public static WebhookSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("a secret begins with " + PREFIX);
    }
    return new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
  }

  /** Told once, to whoever made it. */
  public String reveal() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  byte[] bytes() {
    return key.clone();
  }

  /**
   * The value of {@code webhook-signature}.
   *
   * @param id of the delivery
   * @param second of the attempt, since 1970
   */
  public String sign(String id, long second, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + second + ".").getBytes(StandardCharsets.UTF_8));
      byte[] signature = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing); // every JDK has it
    }
  }

  /** Hides it. */
  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
