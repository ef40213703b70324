package io.roadcast.signaling.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The place in a list behind which the next page begins, as callers get it in {@code next} and give
 * it back in {@code ?cursor=}: text that means nothing to them.
 */
public final class PageCursor {
  private static final int MAX_CHARACTERS = 200;

  private PageCursor() {}

  public static String encode(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Of a list that is ordered by time.
   *
   * @param id what tells those of one time apart
   */
  public static String encode(Instant at, Object id) {
    return encode(at + "/" + id);
  }

  /**
   * The place that {@code ?cursor=} names; empty if it is absent.
   *
   * @param read throws IllegalArgumentException or DateTimeException if the text names no place
   * @throws ApiException INVALID_PARAMETER if it is none that we gave
   */
  public static <T> Optional<T> of(Context ctx, Function<String, T> read) {
    return parse(ctx.queryParam("cursor"), read);
  }

  /** The same of a list that is ordered by time. */
  public static <T> Optional<T> timed(Context ctx, BiFunction<Instant, String, T> read) {
    return of(
        ctx,
        place -> {
          int slash = place.indexOf('/');
          if (slash < 0) {
            throw new IllegalArgumentException("a place without a time");
          }
          Instant at = Instant.parse(place.substring(0, slash));
          if (!RequestParameters.isSane(at)) {
            throw new IllegalArgumentException("a place at " + at);
          }
          return read.apply(at, place.substring(slash + 1));
        });
  }

  static <T> Optional<T> parse(@Nullable String cursor, Function<String, T> read) {
    if (cursor == null || cursor.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (cursor.length() <= MAX_CHARACTERS) {
        String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        return Optional.of(read.apply(place));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // Told below.
    }
    throw new ApiException(ErrorCode.INVALID_PARAMETER, "cursor is none that this server gave.");
  }
}
