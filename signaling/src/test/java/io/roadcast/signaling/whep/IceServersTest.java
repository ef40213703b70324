package io.roadcast.signaling.whep;

import static io.roadcast.signaling.Problems.assertProblem;
import static io.roadcast.signaling.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.fleet.access.Principal;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class IceServersTest {
  private static final TurnConfig TURN =
      new TurnConfig(
          List.of("turn:relay.example:3478?transport=tcp"), "shared secret", Duration.ofHours(12));

  @TempDir Path directory;

  /**
   * The password was made by other hands: {@code printf %s 1769947200:token-7-a | openssl dgst
   * -sha1 -hmac 'shared secret' -binary | base64}.
   */
  @Test
  void aViewerGetsAUserNameWithATimeAndItsHmac() {
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-02-01T00:00:00.9Z"));
    IceServers servers =
        new IceServers(List.of(new IceServer("stun:stun.example:3478", null, null)), TURN, clock);

    List<IceServer> told = servers.of(Principal.streamGuest("token 7:a", "139-1"));

    assertThat(told)
        .containsExactly(
            new IceServer("stun:stun.example:3478", null, null),
            new IceServer(
                "turn:relay.example:3478?transport=tcp",
                "1769947200:token-7-a",
                "xFLi/+/xZSR/5q6xh+Du/wnIweM="));
    assertThat(servers.lifetime()).contains(Duration.ofHours(12));
  }

  @Test
  void aRelayNeedsItsSecretAndIsOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TurnConfig(List.of("turn:a"), "", Duration.ofHours(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TurnConfig(List.of("stun:a"), "secret", Duration.ofHours(1)));
    assertThat(TURN.toString()).doesNotContain("secret");
  }

  @Test
  void clientsAreToldBeforeTheyOffer() throws Exception {
    try (TestServer server = new TestServer(directory, TestServer.Options.tokens())) {
      HttpResponse<String> answer = server.get("/api/v1/ice-servers");

      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(json(answer).path("expires_in_s").asLong()).isEqualTo(43_200);
      JsonNode servers = json(answer).path("ice_servers");
      assertThat(servers).hasSize(3);
      assertThat(servers.get(0).path("urls").get(0).asText()).isEqualTo("stun:stun.example:3478");
      assertThat(servers.get(0).has("username")).isFalse();
      assertThat(servers.get(2).path("username").asText()).matches("[0-9]{10}:administrator");
      assertThat(servers.get(2).path("credential").asText()).hasSize(28);
      assertProblem(
          server.send(server.anonymous("/api/v1/ice-servers").GET()), 401, "UNAUTHENTICATED");
    }
  }
}
