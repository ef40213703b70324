package io.roadcast.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends messages by POST, signed as Standard Webhooks says. Redirections are not followed, and what
 * the answer says besides its status is not read.
 */
final class HttpPost implements WebhookPost {
  private static final int OK_FROM = 200;
  private static final int OK_TO = 299;

  private final HttpClient client;
  private final Duration patience;
  private final InstantSource clock;

  HttpPost(Duration patience, InstantSource clock) {
    this.patience = patience;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(patience)
            .build();
  }

  @Override
  public void send(Webhook webhook, UUID delivery, String body)
      throws NotTakenException, InterruptedException {
    if (webhook.organization() != null && ofThisMachine(webhook.url().getHost())) {
      throw new NotTakenException("ADDRESS_NOT_ALLOWED");
    }
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(webhook, delivery, body), HttpResponse.BodyHandlers.discarding());
    try {
      int status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
      if (status < OK_FROM || status > OK_TO) {
        throw new NotTakenException("STATUS_" + status);
      }
    } catch (TimeoutException e) {
      throw new NotTakenException("TIMEOUT");
    } catch (ExecutionException failure) {
      throw new NotTakenException(
          switch (failure.getCause()) {
            case HttpTimeoutException late -> "TIMEOUT";
            case IOException broken -> "CONNECTION_FAILED";
            case null, default -> "NOT_SENT";
          });
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(Webhook webhook, UUID delivery, String body) {
    long second = clock.instant().getEpochSecond();
    String id = delivery.toString();
    return HttpRequest.newBuilder(webhook.url())
        .timeout(patience)
        .header("Content-Type", "application/json")
        .header("User-Agent", "Roadcast")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(second))
        .header("webhook-signature", webhook.secret().sign(id, second, body))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** An organization is one of many on this server: what listens here only, is none of theirs. */
  private static boolean ofThisMachine(String host) throws NotTakenException {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || address.isLinkLocalAddress()
            || address.isMulticastAddress()) {
          return true;
        }
      }
      return false;
    } catch (UnknownHostException e) {
      throw new NotTakenException("HOST_UNKNOWN");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
