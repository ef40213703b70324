package io.roadcast.signaling.auth;

import io.roadcast.fleet.access.Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What people did that others may ask about later: one line each, on the logger {@code audit}. */
public final class AuditLog {
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  public void viewerKicked(Principal by, String address, String viewer, String stream) {
    AUDIT.info("viewer_kicked by={} from={} viewer={} stream={}", by.id(), address, viewer, stream);
  }

  /**
   * @param token the token's id, not the token
   */
  public void tokenCreated(
      Principal by, String address, String token, String stream, String expiresAt) {
    AUDIT.info(
        "token_created by={} from={} token={} stream={} expires={}",
        by.id(),
        address,
        token,
        stream,
        expiresAt);
  }
}
