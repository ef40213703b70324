package io.roadcast.signaling.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Problem bodies for what never gets as far as a route: unreadable or oversized requests. Jetty
 * ends their connections without a word; a client that is not told so sends its next request into
 * one.
 */
public final class HttpLayerProblems implements Request.Handler {
  private final Json json;

  public HttpLayerProblems(Json json) {
    this.json = json;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() < 400 ? 500 : response.getStatus();
    ErrorCode code = ErrorCode.ofStatus(status);
    Problem plain = Problem.of(code, "The request was refused before it was looked at.");
    Problem problem =
        new Problem(plain.type(), plain.title(), status, plain.code(), plain.detail(), null);
    byte[] body = json.write(problem).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
