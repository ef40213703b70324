package io.roadcast.events.webhook;

import io.roadcast.events.EventKind;
import io.roadcast.events.Severity;
import io.roadcast.events.store.EventChange;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of events.
 *
 * @param organization whose events it is told of; null for everybody's
 * @param enabled otherwise nothing is sent, and nothing new is kept for it
 */
public record Webhook(
    UUID id,
    @Nullable UUID organization,
    String name,
    URI url,
    WebhookSecret secret,
    boolean enabled,
    Wanted wanted,
    Instant createdAt) {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_URL = 2000;

  /**
   * Of which events; null where it does not matter.
   *
   * @param terminal digits without leading zeros
   * @param group with all groups in it
   * @param least severity
   * @param changes of these
   */
  public record Wanted(
      @Nullable String terminal,
      @Nullable UUID group,
      @Nullable EventKind kind,
      Severity least,
      Set<EventChange> changes) {
    /** All that becomes of all events. */
    public static final Wanted ALL =
        new Wanted(null, null, null, Severity.INFO, Set.of(EventChange.values()));

    public Wanted {
      changes = Set.copyOf(changes);
      if (changes.isEmpty()) {
        throw new IllegalArgumentException("a webhook is told of one change at least");
      }
    }
  }

  public Webhook {
    if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name has 1 to " + LONGEST_NAME + " characters");
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getFragment() != null
        || url.toString().length() > LONGEST_URL) {
      throw new IllegalArgumentException(
          "a URL begins with http:// or https:// and a host, without user and fragment");
    }
  }
}
