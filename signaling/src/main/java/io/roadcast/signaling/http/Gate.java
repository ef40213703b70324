package io.roadcast.signaling.http;

import io.javalin.http.Context;
import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.signaling.auth.Authenticator;
import io.roadcast.signaling.auth.BadCredentialException;
import io.roadcast.signaling.auth.FailedAuthentications;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every request passes: who is it, and may they. */
public final class Gate {
  private static final String PRINCIPAL = "roadcast.principal";
  private static final String BEARER = "bearer ";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Authenticator authenticator;
  private final AccessPolicy policy;
  private final FailedAuthentications failures;

  public Gate(Authenticator authenticator, AccessPolicy policy, FailedAuthentications failures) {
    this.authenticator = authenticator;
    this.policy = policy;
    this.failures = failures;
  }

  /**
   * @throws ApiException UNAUTHENTICATED, or FORBIDDEN
   */
  public Principal require(Context ctx, Action action, Resource resource) {
    Principal principal = identify(ctx);
    if (!permits(principal, action, resource)) {
      throw new ApiException(ErrorCode.FORBIDDEN, "This credential does not allow that.");
    }
    return principal;
  }

  /**
   * What was found, if the asker may do that to it. Where there is nothing, they must have leave to
   * do it to everything: so nobody learns what there is of others.
   *
   * @throws ApiException UNAUTHENTICATED, FORBIDDEN, or {@code notFound}
   */
  public <T> T requireFound(
      Context ctx,
      Action action,
      Optional<T> found,
      Function<T, Resource> resource,
      Supplier<ApiException> notFound) {
    require(ctx, action, found.map(resource).orElseGet(Resource::whole));
    return found.orElseThrow(notFound);
  }

  public boolean permits(Principal principal, Action action, Resource resource) {
    return policy.permits(principal, action, resource);
  }

  /**
   * Who asks, without asking what they may.
   *
   * @throws ApiException UNAUTHENTICATED
   */
  public Principal identify(Context ctx) {
    Principal known = ctx.attribute(PRINCIPAL);
    if (known != null) {
      return known;
    }
    Principal principal = authenticate(credentialOf(ctx), ctx.ip());
    ctx.attribute(PRINCIPAL, principal);
    return principal;
  }

  /** Whether a credential that was good is still good. */
  public boolean stillValid(@Nullable String credential) {
    try {
      return authenticator.authenticate(credential) != null;
    } catch (BadCredentialException e) {
      return false;
    }
  }

  /** The bearer credential, from the header or else from the query; null if there is none. */
  public static @Nullable String credentialOf(Context ctx) {
    String header = ctx.header("Authorization");
    if (header == null) {
      return ctx.queryParam("token");
    }
    return header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : null;
  }

  private Principal authenticate(@Nullable String credential, String address) {
    try {
      Principal principal = authenticator.authenticate(credential);
      if (principal != null) {
        return principal;
      }
    } catch (BadCredentialException failure) {
      if (!failures.punish(address, failure)) {
        throw new ApiException(
            ErrorCode.RATE_LIMITED, "Too many failed attempts; wait a moment.", RETRY_AFTER);
      }
    }
    throw new ApiException(ErrorCode.UNAUTHENTICATED, "A valid token is needed.");
  }
}
