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
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
    } catch (DateTimeException e) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMETER, name + " is a time such as 2026-01-31T12:00:00Z.");
    }
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
