package io.roadcast.signaling.recording;

import io.javalin.http.Context;
import io.roadcast.signaling.auth.SignedLinks;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Addresses of recorded media that need no credential, and how long caches may keep what they give.
 */
final class SignedMedia {
  /** So that what was opened can be watched for a working day. */
  private static final Duration VALIDITY = Duration.ofHours(12);

  private final SignedLinks links;

  SignedMedia(SignedLinks links) {
    this.links = links;
  }

  /** Signs an address that a page or a playlist names: all that are made in one hour are alike. */
  String sign(String target) {
    Instant expiry = links.expiry(VALIDITY.plusHours(1)).truncatedTo(ChronoUnit.HOURS);
    return links.sign(target, expiry);
  }

  String sign(String target, Instant expiry) {
    return links.sign(target, expiry);
  }

  Instant expiry(Duration validity) {
    return links.expiry(validity);
  }

  /**
   * Whether the request comes by such an address.
   *
   * @throws ApiException FORBIDDEN if it was one, and is not any more
   */
  boolean isSigned(Context ctx) {
    if (ctx.queryParam("signature") == null) {
      return false;
    }
    if (!links.verify(ctx.path() + "?" + ctx.queryString())) {
      throw new ApiException(ErrorCode.FORBIDDEN, "This link was changed, or it has expired.");
    }
    return true;
  }

  /**
   * Says that this answer is always the same: any cache may keep it as long as its address is good.
   */
  static void immutable(Context ctx) {
    String expires = ctx.queryParam("expires");
    long left = expires == null ? 0 : Long.parseLong(expires) - Instant.now().getEpochSecond();
    ctx.header(
        "Cache-Control",
        left > 0 ? "public, max-age=" + left + ", immutable" : "private, max-age=3600");
  }
}
