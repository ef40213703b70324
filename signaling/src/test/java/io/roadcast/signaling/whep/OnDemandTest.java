package io.roadcast.signaling.whep;

import static io.roadcast.signaling.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.sfu.router.Publication;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import io.roadcast.signaling.FakeSource;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Viewers of streams that are not there yet. */
@Timeout(60)
class OnDemandTest {
  private static final String OFFER = "v=0\r\n";
  private static final String STREAM = FakeSource.TERMINAL + "-1";

  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anOfferIsAnsweredWhenTheStreamIsLive() {
    CompletableFuture<HttpResponse<String>> offering = offer(OFFER);
    FakeSource.Wish wish = awaitWish();
    assertThat(offering).isNotDone();
    Publication camera = server.streams.publish(STREAM);
    wish.grant(camera.stream());
    HttpResponse<String> opened = offering.join();
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(server.source.held).hasSize(1);
    server.delete(opened.headers().firstValue("Location").orElseThrow());
    assertThat(server.source.held).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "STREAM_NOT_FOUND,404",
    "TERMINAL_OFFLINE,404",
    "DATA_BUDGET_EXCEEDED,429",
    "TERMINAL_REFUSED,502",
    "SERVER_STOPPING,503",
    "NO_MEDIA,504"
  })
  void eachReasonHasItsStatusAndNothingStaysHeld(Code code, int status) {
    CompletableFuture<HttpResponse<String>> offering = offer(OFFER);
    awaitWish().refuse(code);
    HttpResponse<String> refused = offering.join();
    assertProblem(refused, status, code.name());
    assertThat(refused.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(server.source.held).isEmpty();
  }

  @Test
  void nobodyIsAskedForAnOfferThatIsNone() {
    assertProblem(offer("nonsense").join(), 400, "SDP_INVALID");
    assertThat(server.source.wishes).isEmpty();
  }

  @Test
  void aViewerThatIsRefusedAfterAllHoldsNothing() {
    Publication camera = server.streams.publish(STREAM);
    CompletableFuture<HttpResponse<String>> offering = offer(OFFER + "a=codec:none-of-ours\r\n");
    awaitWish().grant(camera.stream());
    assertProblem(offering.join(), 422, "CODEC_NOT_SUPPORTED");
    assertThat(server.source.held).isEmpty();
  }

  private FakeSource.Wish awaitWish() {
    await().until(() -> !server.source.wishes.isEmpty());
    return server.source.wishes.getFirst();
  }

  private CompletableFuture<HttpResponse<String>> offer(String offer) {
    return CompletableFuture.supplyAsync(
        () -> server.post("/whep/" + STREAM, "application/sdp", offer));
  }
}
