package io.roadcast.signaling.http;

import io.javalin.http.Context;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the routes read from path and query. */
public final class RequestParameters {
  static final int MAX_LIMIT = 500;
  private static final int DEFAULT_LIMIT = 100;
  private static final int UUID_CHARACTERS = 36;
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private RequestParameters() {}

  /**
   * The stream of a path parameter and {@code ?quality=}.
   *
   * @throws ApiException INVALID_PARAMETER for the quality; STREAM_NOT_FOUND for a name that no
   *     stream can have
   */
  public static StreamId streamId(Context ctx, String pathParameter) {
    return streamId(ctx, pathParameter, quality(ctx.queryParam("quality")));
  }

  /**
   * The stream of a path parameter in a quality that is known.
   *
   * @throws ApiException STREAM_NOT_FOUND for a name that no stream can have
   */
  public static StreamId streamId(Context ctx, String pathParameter, Quality quality) {
    try {
      return StreamId.parse(ctx.pathParam(pathParameter), quality);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.STREAM_NOT_FOUND, "No stream can have this name.");
    }
  }

  static Quality quality(@Nullable String label) {
    try {
      return label == null || label.isEmpty() ? Quality.MAIN : Quality.ofLabel(label);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID_PARAMETER, "quality is \"main\" or \"sub\".");
    }
  }

  /**
   * @throws ApiException with the given code if it is no UUID
   */
  public static UUID uuid(Context ctx, String pathParameter, ErrorCode notOne) {
    String text = ctx.pathParam(pathParameter);
    try {
      UUID id = UUID.fromString(text);
      if (text.length() == UUID_CHARACTERS && id.toString().equals(text.toLowerCase(Locale.ROOT))) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new ApiException(notOne, "There is none of this id.");
  }

  /**
   * A time of the query; empty if it is absent.
   *
   * @throws ApiException INVALID_PARAMETER if it is none
   */
  public static Optional<Instant> time(Context ctx, String name) {
    String text = ctx.queryParam(name);
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(time(text, name));
  }

  /**
   * A time that somebody sent; the sign of its offset may have become a blank on the way.
   *
   * @param name what it is told by
   * @throws ApiException INVALID_PARAMETER if it is none
   */
  public static Instant time(String text, String name) {
    try {
      Instant time = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (isSane(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw new ApiException(
        ErrorCode.INVALID_PARAMETER, name + " is a time such as 2026-01-31T12:00:00Z.");
  }

  /** Whether nothing that is given a time chokes on it: the database knows fewer than we do. */
  static boolean isSane(Instant time) {
    return time.getEpochSecond() >= 0 && time.isBefore(LATEST);
  }

  /** {@code ?limit=}, 1 to 500. */
  public static int limit(Context ctx) {
    String text = ctx.queryParam("limit");
    if (text == null || text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ApiException(
        ErrorCode.INVALID_PARAMETER, "limit is a number from 1 to " + MAX_LIMIT + ".");
  }
}
