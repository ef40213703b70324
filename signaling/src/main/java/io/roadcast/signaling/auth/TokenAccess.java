package io.roadcast.signaling.auth;

import io.roadcast.fleet.access.Principal;
import org.jspecify.annotations.Nullable;

/** Knows the administrator's token and the tokens for single streams. */
public final class TokenAccess implements Authenticator {
  private final AdminToken adminToken;
  private final StreamTokens streamTokens;

  public TokenAccess(AdminToken adminToken, StreamTokens streamTokens) {
    this.adminToken = adminToken;
    this.streamTokens = streamTokens;
  }

  @Override
  public @Nullable Principal authenticate(@Nullable String credential)
      throws BadCredentialException {
    if (credential == null) {
      return null;
    }
    if (StreamTokens.looksLikeOne(credential)) {
      StreamTokens.StreamToken token = streamTokens.verify(credential);
      return Principal.streamGuest("token-" + token.id(), token.stream());
    }
    if (adminToken.matches(credential)) {
      return Principal.administrator();
    }
    throw new BadCredentialException("an unknown token");
  }
}
