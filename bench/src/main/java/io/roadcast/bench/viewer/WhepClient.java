package io.roadcast.bench.viewer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One WHEP session (draft-ietf-wish-whep): POST, then DELETE of what Location names. */
public final class WhepClient implements OfferExchange {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http;
  private final URI endpoint;
  private final @Nullable String token;
  private @Nullable URI session;

  /**
   * @param token sent as bearer token, or null
   */
  public WhepClient(HttpClient http, URI endpoint, @Nullable String token) {
    this.http = http;
    this.endpoint = endpoint;
    this.token = token;
  }

  @Override
  public String answer(String offer) throws IOException, InterruptedException {
    HttpRequest request =
        request(endpoint)
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(offer))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 201) {
      throw new WhepException(response.statusCode(), response.body());
    }
    session = response.headers().firstValue("Location").map(endpoint::resolve).orElse(null);
    return response.body();
  }

  @Override
  public void leave() throws IOException, InterruptedException {
    if (session != null) {
      HttpRequest request = request(Objects.requireNonNull(session)).DELETE().build();
      http.send(request, BodyHandlers.discarding());
    }
  }

  /** The session's own address, once there is an answer that names it. */
  public @Nullable URI session() {
    return session;
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }
}
