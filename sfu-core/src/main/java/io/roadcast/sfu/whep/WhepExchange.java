package io.roadcast.sfu.whep;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP side of watching one stream: an offer for an answer, and the goodbye. */
final class WhepExchange {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final long GOODBYE_MILLIS = 1000;
  private static final long MAX_ANSWER_BYTES = 64 * 1024;
  private static final int MAX_RETRY_SECONDS = 60;

  private final HttpClient http;
  private final RemoteStream remote;

  /**
   * What the other server said to the offer.
   *
   * @param session to be deleted at the end
   */
  record Answer(String sdp, URI session) {}

  WhepExchange(HttpClient http, RemoteStream remote) {
    this.http = http;
    this.remote = remote;
  }

  /** Blocks until the offer is answered. */
  Answer offer(String sdp) throws RemoteEndedException, InterruptedException {
    HttpResponse<String> response;
    try {
      response =
          http.send(
              request(remote.endpoint())
                  .header("Content-Type", "application/sdp")
                  .header("Accept", "application/sdp")
                  .POST(HttpRequest.BodyPublishers.ofString(sdp))
                  .build(),
              BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
    } catch (IOException failure) {
      String said = failure.getMessage();
      throw new RemoteEndedException(
          "the server can not be reached: " + (said == null ? failure.toString() : said));
    }
    String location = response.headers().firstValue("Location").orElse("");
    if (response.statusCode() != 201 || location.isEmpty()) {
      throw new RemoteEndedException(
          "the server answers " + response.statusCode(), retryAfter(response));
    }
    try {
      return new Answer(response.body(), remote.endpoint().resolve(location));
    } catch (IllegalArgumentException malformed) {
      throw new RemoteEndedException("the server names a session that is no address");
    }
  }

  /** Tells the server that nobody watches any more, if it listens. */
  void goodbye(URI session) {
    if (!isSameServer(session)) {
      return; // the token is for nobody else
    }
    try {
      http.sendAsync(request(session).DELETE().build(), BodyHandlers.discarding())
          .get(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unheard) {
      // it will notice
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isSameServer(URI session) {
    return remote.endpoint().getScheme().equals(session.getScheme())
        && remote.endpoint().getAuthority().equals(session.getAuthority());
  }

  private HttpRequest.Builder request(URI to) {
    HttpRequest.Builder request = HttpRequest.newBuilder(to).timeout(TIMEOUT);
    return remote.token().isEmpty()
        ? request
        : request.header("Authorization", "Bearer " + remote.token());
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    String said = response.headers().firstValue("Retry-After").orElse("");
    return said.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Math.min(Integer.parseInt(said), MAX_RETRY_SECONDS))
        : Duration.ZERO;
  }
}
