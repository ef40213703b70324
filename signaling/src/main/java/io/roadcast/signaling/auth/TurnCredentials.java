package io.roadcast.signaling.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * User names for a TURN server that shares a secret with us (draft-uberti-behave-turn-rest-00): the
 * name says until when it is good, the password is its HMAC. Any thread.
 */
public final class TurnCredentials {
  private static final String HMAC_SHA1 = "HmacSHA1";
  private static final int MAX_PRINCIPAL = 64;

  private final SecretKeySpec secret;
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * @param username "{seconds since 1970}:{principal}"
   * @param password Base64 of the HMAC-SHA1 of the name
   */
  public record Minted(String username, String password) {
    @Override
    public String toString() {
      return "Minted[" + username + "]";
    }
  }

  public TurnCredentials(String sharedSecret, Duration lifetime, InstantSource clock) {
    this.secret = new SecretKeySpec(sharedSecret.getBytes(StandardCharsets.UTF_8), HMAC_SHA1);
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** For how long those that are made now are good. */
  public Duration lifetime() {
    return lifetime;
  }

  /**
   * @param principal who gets it; tells the relay's users apart in its log
   */
  public Minted mint(String principal) {
    Instant expiry = clock.instant().plus(lifetime);
    String username = expiry.getEpochSecond() + ":" + plain(principal);
    return new Minted(username, password(username));
  }

  private String password(String username) {
    try {
      Mac mac = Mac.getInstance(HMAC_SHA1);
      mac.init(secret);
      byte[] tag = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(tag);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is part of every JDK", e);
    }
  }

  /** Of characters that no relay, header or log stumbles over. */
  private static String plain(String principal) {
    String plain = principal.replaceAll("[^A-Za-z0-9._-]", "-");
    return plain.length() > MAX_PRINCIPAL ? plain.substring(0, MAX_PRINCIPAL) : plain;
  }
}
