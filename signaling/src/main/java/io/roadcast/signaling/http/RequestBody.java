package io.roadcast.signaling.http;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Reads bodies with a bound in bytes and time; what is announced as too long is not read at all.
 */
public final class RequestBody {
  /** Bodies that are not SDP. */
  public static final int MAX_JSON_BYTES = 1 << 20;

  private static final int CHUNK_BYTES = 8192;

  private final Duration longest;

  /**
   * @param longest how long a body may take to come in
   */
  public RequestBody(Duration longest) {
    this.longest = longest;
  }

  /**
   * @throws ApiException BODY_TOO_LARGE, REQUEST_TIMEOUT
   */
  public byte[] read(Context ctx, int maxBytes) throws IOException {
    if (ctx.req().getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    long deadline = System.nanoTime() + longest.toNanos();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    InputStream in = ctx.req().getInputStream();
    for (int count = next(ctx, in, chunk); count >= 0; count = next(ctx, in, chunk)) {
      body.write(chunk, 0, count);
      if (body.size() > maxBytes) {
        throw tooLarge(maxBytes);
      }
      if (System.nanoTime() - deadline > 0) {
        throw tooSlow(ctx);
      }
    }
    return body.toByteArray();
  }

  private static int next(Context ctx, InputStream in, byte[] chunk) throws IOException {
    try {
      return in.read(chunk);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw tooSlow(ctx);
      }
      throw e;
    }
  }

  private static ApiException tooLarge(int maxBytes) {
    return new ApiException(
        ErrorCode.BODY_TOO_LARGE, "A body of at most " + maxBytes + " bytes is taken here.");
  }

  private static ApiException tooSlow(Context ctx) {
    ctx.header("Connection", "close");
    return new ApiException(ErrorCode.REQUEST_TIMEOUT, "The body did not come in in time.");
  }
}
