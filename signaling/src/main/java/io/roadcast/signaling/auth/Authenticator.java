package io.roadcast.signaling.auth;

import io.roadcast.fleet.access.Principal;
import org.jspecify.annotations.Nullable;

/** Turns a credential into a principal. */
@FunctionalInterface
public interface Authenticator {
  /**
   * @param credential null when none was shown
   * @return null when a credential is needed and none was shown
   * @throws BadCredentialException if it is none of ours, was altered, or has expired
   */
  @Nullable Principal authenticate(@Nullable String credential) throws BadCredentialException;

  /** Everybody is anonymous, whatever they show. */
  static Authenticator open() {
    return credential -> Principal.anonymous();
  }
}
