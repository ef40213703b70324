package io.roadcast.signaling.http;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Answers a client that is still sending and will not be listened to. A socket that is closed with
 * unread bytes is reset, and then the client may never see why: so the answer leaves first, and
 * what still comes in is read and thrown away for a bounded while (RFC 9112 9.6).
 */
final class LastWord {
  private static final long MAX_BYTES = 32L << 20;
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration LONGEST_SILENCE = Duration.ofMillis(300);
  private static final int CHUNK_BYTES = 64 * 1024;

  private LastWord() {}

  /**
   * Sends the whole answer, then listens no longer than it must. The connection ends after this.
   */
  static void send(Context ctx, Problem problem, byte[] body) {
    HttpServletResponse response = ctx.res();
    ctx.header("Connection", "close");
    ctx.status(problem.status());
    response.setContentType(Problem.CONTENT_TYPE);
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
      response.flushBuffer();
      discard(ctx);
    } catch (IOException gone) {
      // The client went away, or fell silent: both end the connection.
    }
  }

  private static void discard(Context ctx) throws IOException {
    ServletContextRequest.getServletContextRequest(ctx.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .setIdleTimeout(LONGEST_SILENCE.toMillis());
    long deadline = System.nanoTime() + LONGEST.toNanos();
    byte[] chunk = new byte[CHUNK_BYTES];
    InputStream in = ctx.req().getInputStream();
    long left = MAX_BYTES;
    for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
      left -= count;
      if (left < 0 || System.nanoTime() - deadline > 0) {
        return;
      }
    }
  }
}
