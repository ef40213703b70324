package io.roadcast.signaling.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.jtt.live.ChannelPhase;
import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.jtt.live.ControlResult;
import io.roadcast.jtt.live.DataBudget.Verdict;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamUnavailableException.Code;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data, budgets and the state of channels over the API, on a real PostgreSQL. */
@Timeout(180)
class UsageApiTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String JSON = "application/json";
  private static final String USAGE = "/api/v1/terminals/139/usage";
  private static final StreamId FRONT = StreamId.ofTerminal("139", 1, Quality.MAIN);
  private static final StreamId FRONT_SUB = StreamId.ofTerminal("139", 1, Quality.SUB);
  private static final StreamId CABIN = StreamId.ofTerminal("139", 2, Quality.MAIN);

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;
  private String organization;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    assertThat(server.database().awaitReady(SOON)).isTrue();
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
    JsonNode made = ok(server.post("/api/v1/organizations", JSON, "{\"name\":\"O\"}"), 201);
    organization = made.path("id").asText();
    for (String phone : new String[] {"139", "140"}) {
      String body = "{\"phone\":\"" + phone + "\",\"organization\":\"" + organization + "\"}";
      ok(server.post("/api/v1/terminals", JSON, body), 201);
    }
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void gapsAreAddedUpPerTerminal() throws Exception {
    String path = "/api/v1/terminals/139/uplink";
    assertThat(ok(server.get(path), 200).path("gaps").asLong(-1)).isZero();
    server.uplinks.of(FRONT).packet();
    server.uplinks.of(FRONT).gap(12);
    server.uplinks.of(FRONT_SUB).gap(3);
    server.uplinks.of(CABIN).gap(1);
    server.uplinks.of(CABIN).frameDamaged();
    JsonNode uplink = ok(server.get(path), 200);
    assertThat(uplink.path("packets").asLong()).isEqualTo(1);
    assertThat(uplink.path("gaps").asLong()).isEqualTo(3);
    assertThat(uplink.path("lost_packets").asLong()).isEqualTo(16);
    assertThat(uplink.path("damaged_frames").asLong()).isEqualTo(1);
    assertThat(uplink.path("channels").path(0).path("lost_packets").asLong()).isEqualTo(15);
    assertThat(uplink.path("channels").path(1).path("channel").asLong()).isEqualTo(2);
    assertThat(ok(server.get("/api/v1/terminals/140/uplink"), 200).path("channels")).isEmpty();
    assertThat(server.get("/api/v1/terminals/1/uplink").statusCode()).isEqualTo(404);
  }

  @Test
  void bothQualitiesOfAChannelCountTogether() {
    server.usage.of(FRONT).add(700);
    server.usage.of(FRONT_SUB).add(50);
    server.usage.of(CABIN).add(5);
    JsonNode usage = ok(server.get(USAGE), 200);
    assertThat(usage.path("bytes").asLong()).isEqualTo(755);
    assertThat(usage.path("channels").toString())
        .isEqualTo("[{\"channel\":1,\"bytes\":750},{\"channel\":2,\"bytes\":5}]");
    assertThat(usage.path("monthly_bytes").asLong()).isEqualTo(TestServer.USUAL_BUDGET);
    assertThat(usage.path("left_bytes").asLong()).isEqualTo(TestServer.USUAL_BUDGET - 755);
    assertThat(ok(server.get(USAGE + "?month=2020-02"), 200).path("bytes").asLong(-1)).isZero();
    assertThat(server.get(USAGE + "?month=soon").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/terminals/1/usage").statusCode()).isEqualTo(404);
  }

  @Test
  void aTerminalsBudgetIsKept() {
    server.usage.of(FRONT).add(700);
    assertThat(server.budgets.of("139")).isEqualTo(Verdict.WITHIN);
    JsonNode changed = ok(server.patch(USAGE, "{\"monthly_bytes\":600}"), 200);
    assertThat(changed.path("left_bytes").asLong(-1)).isZero();
    assertThat(server.budgets.of("139")).isEqualTo(Verdict.TERMINAL_SPENT);
    assertThat(server.budgets.of("140")).isEqualTo(Verdict.WITHIN);
    server.budgets.refresh();
    assertThat(server.budgets.of("139")).isEqualTo(Verdict.TERMINAL_SPENT);
    assertThat(ok(server.patch(USAGE, "{\"monthly_bytes\":0}"), 200).has("monthly_bytes"))
        .isFalse();
    assertThat(server.budgets.of("139")).isEqualTo(Verdict.WITHIN);
    JsonNode usual = ok(server.patch(USAGE, "{\"monthly_bytes\":null}"), 200);
    assertThat(usual.path("monthly_bytes").asLong()).isEqualTo(TestServer.USUAL_BUDGET);
    assertThat(server.get("/api/v1/audit").body()).contains("terminal.budget", "monthly_bytes=600");
  }

  @Test
  void anOrganizationsTerminalsShareItsBudget() {
    server.usage.of(FRONT).add(700);
    server.usage.of(StreamId.ofTerminal("140", 1, Quality.MAIN)).add(300);
    server.usage.of(StreamId.ofTerminal("150", 1, Quality.MAIN)).add(9);
    String path = "/api/v1/organizations/" + organization + "/usage";
    JsonNode free = ok(server.get(path), 200);
    assertThat(free.path("bytes").asLong()).isEqualTo(1000);
    assertThat(free.has("monthly_bytes")).isFalse();
    JsonNode changed = ok(server.patch(path, "{\"monthly_bytes\":1000}"), 200);
    assertThat(changed.path("left_bytes").asLong(-1)).isZero();
    assertThat(server.budgets.of("139")).isEqualTo(Verdict.ORGANIZATION_SPENT);
    assertThat(server.budgets.of("140")).isEqualTo(Verdict.ORGANIZATION_SPENT);
    assertThat(server.budgets.of("150")).isEqualTo(Verdict.WITHIN);
    ok(server.patch(path, "{\"monthly_bytes\":1001}"), 200);
    assertThat(server.budgets.of("139")).isEqualTo(Verdict.WITHIN);
    server.usage.of(CABIN).add(1);
    server.budgets.refresh();
    assertThat(server.budgets.of("140")).isEqualTo(Verdict.ORGANIZATION_SPENT);
    assertThat(server.get("/api/v1/audit").body()).contains("organization.budget");
    server.usage.save();
    String month = server.usage.currentMonth().plusMonths(1).toString();
    assertThat(ok(server.get(path + "?month=" + month), 200).path("bytes").asLong(-1)).isZero();
  }

  @Test
  void nonsenseIsNoBudget() {
    for (String body :
        new String[] {
          "{}",
          "{\"monthly_bytes\":-1}",
          "{\"monthly_bytes\":\"1\"}",
          "{\"monthly_bytes\":18446744073709551621}"
        }) {
      assertThat(server.patch(USAGE, body).statusCode()).as(body).isEqualTo(400);
    }
    String nobodys = "/api/v1/organizations/019300c5-0000-7000-8000-000000000000/usage";
    assertThat(server.patch(nobodys, "{\"monthly_bytes\":1}").statusCode()).isEqualTo(404);
  }

  @Test
  void channelsTellHowTheirStreamsStand() {
    ok(server.put("/api/v1/terminals/139/channels/1", "{\"name\":\"Front\"}"), 200);
    Instant at = Instant.parse("2026-11-21T09:00:00Z");
    server.terminals.channels.put(FRONT, new ChannelStatus(ChannelPhase.LIVE, 3, true, null));
    server.terminals.channels.put(
        FRONT_SUB,
        new ChannelStatus(
            ChannelPhase.BACKOFF, 0, false, new ChannelStatus.Failure(Code.TERMINAL_REFUSED, at)));
    server.terminals.channels.put(CABIN, new ChannelStatus(ChannelPhase.REQUESTED, 1, false, null));
    JsonNode items = ok(server.get("/api/v1/terminals/139/channels"), 200).path("items");
    assertThat(items).hasSize(2);
    assertThat(items.path(0).path("state").asText()).isEqualTo("live");
    JsonNode main = items.path(0).path("streams").path(0);
    assertThat(main.path("quality").asText()).isEqualTo("main");
    assertThat(main.path("viewers").asInt()).isEqualTo(3);
    assertThat(main.path("paused").asBoolean()).isTrue();
    JsonNode sub = items.path(0).path("streams").path(1);
    assertThat(sub.path("stream").asText()).isEqualTo("139-1");
    assertThat(sub.path("state").asText()).isEqualTo("backoff");
    assertThat(sub.path("failure").path("code").asText()).isEqualTo("TERMINAL_REFUSED");
    assertThat(sub.path("failure").path("at").asText()).isEqualTo(at.toString());
    assertThat(items.path(1).path("channel").asInt()).isEqualTo(2);
    assertThat(items.path(1).has("version")).isFalse();
    assertThat(items.path(1).path("state").asText()).isEqualTo("requested");
  }

  @Test
  void aChannelIsPausedResumedAndSwitched() {
    String control = "/api/v1/terminals/139/channels/1/control";
    ok(server.post(control, JSON, "{\"action\":\"pause\"}"), 200);
    ok(server.post(control, JSON, "{\"action\":\"resume\",\"quality\":\"sub\"}"), 200);
    ok(server.post(control, JSON, "{\"action\":\"switch\",\"to\":\"sub\"}"), 200);
    assertThat(server.controls.wishes)
        .containsExactly("pause 139-1", "resume 139-1/sub", "switch 139-1 to sub");
    assertThat(server.get("/api/v1/audit").body()).contains("channel.pause", "channel.switch");
    for (String body :
        new String[] {
          "{}", "{\"action\":\"switch\"}", "{\"action\":\"pause\",\"quality\":\"best\"}"
        }) {
      assertThat(server.post(control, JSON, body).statusCode()).as(body).isEqualTo(400);
    }
    for (ControlResult result : ControlResult.values()) {
      server.controls.result = result;
      HttpResponse<String> answer = server.post(control, JSON, "{\"action\":\"pause\"}");
      switch (result) {
        case DONE -> ok(answer, 200);
        case NOT_LIVE -> assertRefused(answer, 409, "CHANNEL_NOT_LIVE");
        case OTHER_QUALITY_BUSY -> assertRefused(answer, 409, "CHANNEL_BUSY");
        case REFUSED -> assertRefused(answer, 502, "TERMINAL_REFUSED");
        case SILENT -> assertRefused(answer, 504, "COMMAND_TIMED_OUT");
        case OFFLINE -> assertRefused(answer, 404, "TERMINAL_OFFLINE");
      }
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(TestServer.json(answer).path("code").asText()).isEqualTo(code);
  }

  private static JsonNode ok(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return TestServer.json(response);
  }
}
