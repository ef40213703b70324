package io.roadcast.signaling.fleet;

import static io.roadcast.signaling.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.Sighting;
import io.roadcast.signaling.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Organizations, groups, vehicles, terminals and channels through HTTP, on a real database. */
@Timeout(180)
class FleetApiTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String JSON = "application/json";
  private static final String VEHICLES = "/api/v1/vehicles";
  private static final String TERMINALS = "/api/v1/terminals";

  @TempDir Path directory;
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void vehicleWithItsTerminalIsMadeShownChangedAndRemoved() {
    created(TERMINALS, "{\"phone\":\"013912345678\",\"name\":\"Box 1\"}");
    assertThat(
            server.put(TERMINALS + "/13912345678/channels/1", "{\"name\":\"Front\"}").statusCode())
        .isEqualTo(200);
    JsonNode made =
        created(
            VEHICLES,
            "{\"plate\":\"粤b12345\",\"plate_color\":\"blue\",\"terminal\":\"13912345678\"}");
    server.terminals.connected.put("13912345678", "2013");

    HttpResponse<String> response = server.get(VEHICLES + "/" + made.path("id").asText());
    JsonNode shown = TestServer.json(response);

    assertThat(response.headers().firstValue("ETag")).hasValue("\"1\"");
    assertThat(shown.path("plate").asText()).isEqualTo("粤B12345");
    assertThat(shown.path("state").asText()).isEqualTo("online");
    assertThat(shown.path("terminal").path("phone").asText()).isEqualTo("13912345678");
    assertThat(shown.path("terminal").path("protocol").asText()).isEqualTo("2013");
    assertThat(shown.path("channels").path(0).path("stream").asText()).isEqualTo("13912345678-1");
    assertThat(shown.path("channels").path(0).path("name").asText()).isEqualTo("Front");

    JsonNode changed =
        ok(
            server.patch(
                VEHICLES + "/" + made.path("id").asText(), "{\"name\":\"T\",\"terminal\":null}"));
    assertThat(changed.path("terminal").isMissingNode()).isTrue();
    assertThat(changed.path("plate_color").asText()).isEqualTo("blue");
    assertThat(items(VEHICLES + "/" + made.path("id").asText() + "/installations")).hasSize(1);

    assertThat(server.delete(VEHICLES + "/" + made.path("id").asText()).statusCode())
        .isEqualTo(204);
    assertProblem(server.get(VEHICLES + "/" + made.path("id").asText()), 404, "VEHICLE_NOT_FOUND");
  }

  @Test
  void changeForAnOlderVersionIsRefused() {
    JsonNode made = created(VEHICLES, "{\"plate\":\"A1\"}");
    String path = VEHICLES + "/" + made.path("id").asText();
    ok(server.patch(path, "{\"name\":\"x\"}", "If-Match", "\"1\""));

    assertProblem(
        server.patch(path, "{\"name\":\"y\"}", "If-Match", "\"1\""), 412, "PRECONDITION_FAILED");
    assertProblem(
        server.patch(path, "{\"name\":\"y\"}", "If-Match", "nonsense"), 412, "PRECONDITION_FAILED");
    ok(server.patch(path, "{\"name\":\"y\"}", "If-Match", "*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/vehicles      | {}                                   | INVALID_BODY",
        "/api/v1/vehicles      | []                                   | INVALID_BODY",
        "/api/v1/vehicles      | {\"plate\":5}                        | INVALID_BODY",
        "/api/v1/vehicles      | {\"plate\":\"A\\u0000\"}             | INVALID_BODY",
        "/api/v1/vehicles      | {\"plate\":\"A\",\"plate_color\":\"pink\"} | INVALID_BODY",
        "/api/v1/vehicles      | {\"plate\":\"A\",\"terminal\":\"nobody\"}  | TERMINAL_NOT_FOUND",
        "/api/v1/vehicles      | {\"plate\":\"A\",\"group\":\"x\"}    | INVALID_BODY",
        "/api/v1/vehicles      |"
            + " {\"plate\":\"A\",\"group\":\"0198aaaa-0000-7000-8000-000000000000\"} |"
            + " GROUP_NOT_FOUND",
        "/api/v1/vehicles      |"
            + " {\"plate\":\"A\",\"organization\":\"0198aaaa-0000-7000-8000-000000000000\"} |"
            + " ORGANIZATION_NOT_FOUND",
        "/api/v1/terminals     | {\"name\":\"no number\"}             | INVALID_BODY",
        "/api/v1/terminals     | {\"phone\":\"12-34\"}                | INVALID_BODY",
        "/api/v1/terminals     | {\"phone\":\"1\",\"aliases\":[5]}    | INVALID_BODY",
        "/api/v1/terminals     | {\"phone\":\"1\",\"aliases\":\"5\"}  | INVALID_BODY",
        "/api/v1/groups        | {\"name\":\"\"}                      | INVALID_BODY",
        "/api/v1/organizations | {\"name\":\"Default\"}               | ORGANIZATION_EXISTS",
      })
  void wrongBodyIsRefusedWithItsCode(String path, String body, String code) {
    HttpResponse<String> response = server.post(path, JSON, body);

    assertProblem(response, response.statusCode(), code);
    assertThat(response.statusCode()).isBetween(400, 499);
  }

  @Test
  void aTerminalWithACodeThatIsNoneIsNotMade() {
    String terminals = "/api/v1/terminals";
    String wrong = "{\"phone\":\"13900000077\",\"authentication_code\":\"A\\u0000\"}";
    assertProblem(server.post(terminals, JSON, wrong), 400, "INVALID_BODY");
    created(terminals, wrong.replace("\\u0000", "B"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=501",
        "?cursor=x",
        "?cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "?state=sleeping",
        "?group=north"
      })
  void wrongParameterIsRefused(String query) {
    assertProblem(server.get(VEHICLES + query), 400, "INVALID_PARAMETER");
  }

  @Test
  void listIsSearchedFilteredAndPaged() {
    JsonNode group = created("/api/v1/groups", "{\"name\":\"North\"}");
    String north = group.path("id").asText();
    created(TERMINALS, "{\"phone\":\"139\"}");
    created(VEHICLES, "{\"plate\":\"A1\",\"terminal\":\"139\",\"group\":\"" + north + "\"}");
    created(VEHICLES, "{\"plate\":\"A2\",\"name\":\"100% ' OR 1=1 --\"}");
    created(VEHICLES, "{\"plate\":\"B3\"}");
    server.terminals.connected.put("139", "2019");
    server.terminals.connected.put("unknown to all", "2019");

    assertThat(plates("?state=online")).containsExactly("A1");
    assertThat(plates("?state=offline")).containsExactly("A2", "B3");
    assertThat(plates("?query=" + URLEncoder.encode("100% '", StandardCharsets.UTF_8)))
        .containsExactly("A2");
    assertThat(plates("?query=139")).containsExactly("A1");
    assertThat(plates("?query=a")).containsExactly("A1", "A2");
    assertThat(plates("?group=" + north)).containsExactly("A1");

    List<String> all = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = ok(server.get(VEHICLES + "?limit=2" + next));
      page.path("items").forEach(item -> all.add(item.path("plate").asText()));
      next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!next.isEmpty());
    assertThat(all).containsExactly("A1", "A2", "B3");
  }

  @Test
  void ambiguousNumberIsNotGuessed() {
    created(TERMINALS, "{\"phone\":\"139\",\"aliases\":[\"77\"]}");
    JsonNode second = created(TERMINALS, "{\"phone\":\"138\",\"media_ids\":[\"077\"]}");

    assertProblem(server.get(TERMINALS + "/77"), 409, "TERMINAL_AMBIGUOUS");
    ok(server.patch(TERMINALS + "/138", "{\"media_ids\":[]}"));
    assertThat(ok(server.get(TERMINALS + "/77")).path("phone").asText()).isEqualTo("139");
    assertThat(items(TERMINALS + "/" + second.path("id").asText() + "/identities")).hasSize(2);
  }

  @Test
  void terminalThatCameByIsListedShownAndAdopted() {
    TerminalFacts facts =
        new TerminalFacts("2013", "70111", "M", "1", null, "粤B1", null, "861234567890123");
    byte[] phone = HexFormat.of().parseHex("013912345678");
    server.fleet.observations().seen(Sighting.ofPhone(phone, "192.0.2.1:40112", facts));
    await().atMost(SOON).until(() -> !items(TERMINALS + "?unknown=true").isEmpty());

    JsonNode unknown = ok(server.get(TERMINALS + "/13912345678"));
    assertThat(unknown.path("unknown").asBoolean()).isTrue();
    assertThat(unknown.path("plate").asText()).isEqualTo("粤B1");
    assertThat(unknown.has("organization")).isFalse();
    assertThat(items(TERMINALS + "/13912345678/channels")).isEmpty();
    assertProblem(
        server.patch(TERMINALS + "/13912345678", "{\"name\":\"x\"}"), 404, "TERMINAL_NOT_FOUND");

    String wish = "{\"plate\":\"粤B1\",\"plate_color\":\"yellow\",\"name\":\"Truck\"}";
    JsonNode adopted = ok(server.post(TERMINALS + "/13912345678/adopt", JSON, wish));

    assertThat(adopted.path("id").asText()).isEqualTo(unknown.path("id").asText());
    assertThat(adopted.path("model").asText()).isEqualTo("M");
    assertThat(items(TERMINALS + "?unknown=true")).isEmpty();
    JsonNode vehicle = ok(server.get(VEHICLES)).path("items").path(0);
    assertThat(vehicle.path("name").asText()).isEqualTo("Truck");
    assertThat(vehicle.path("terminal").path("phone").asText()).isEqualTo("13912345678");
    assertProblem(
        server.post(TERMINALS + "/13912345678/adopt", JSON, "{}"), 409, "TERMINAL_EXISTS");
  }

  @Test
  void changesAreAuditedAndReadOnlyByWhoMay() {
    created(VEHICLES, "{\"plate\":\"A1\"}");
    server.post(VEHICLES, JSON, "{\"plate\":\"A1\"}");

    List<JsonNode> entries = items("/api/v1/audit");
    assertThat(entries)
        .extracting(entry -> entry.path("action").asText() + " " + entry.path("outcome").asText())
        .containsExactly("vehicle.create done", "vehicle.create VEHICLE_EXISTS");
    assertThat(entries.getFirst().path("principal").asText()).isEqualTo("administrator");
    assertThat(entries.getFirst().path("resource").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        VEHICLES,
        TERMINALS,
        TERMINALS + "?unknown=true",
        TERMINALS + "/139",
        "/api/v1/groups",
        "/api/v1/organizations",
        "/api/v1/audit",
        VEHICLES + "/0198aaaa-0000-7000-8000-000000000000"
      })
  void nobodyWithoutATokenAndNoGuestOfAStreamSeesTheFleet(String path) {
    assertProblem(TestServer.send(server.anonymous(path).GET()), 401, "UNAUTHENTICATED");
    String wish = "{\"stream\":\"139-1\",\"expires_in_s\":60}";
    String guest =
        TestServer.json(server.post("/api/v1/tokens", JSON, wish)).path("token").asText();
    HttpResponse<String> refused =
        TestServer.send(server.anonymous(path).header("Authorization", "Bearer " + guest).GET());
    assertProblem(refused, 403, "FORBIDDEN");
  }

  @Test
  void withoutTheDatabaseItSaysSoAndGoesOnWhenItIsBack() {
    created(VEHICLES, "{\"plate\":\"A1\"}");
    database.cutOff();
    await().atMost(SOON).until(() -> server.get(VEHICLES).statusCode() == 503);

    HttpResponse<String> away = server.get(VEHICLES);
    assertProblem(away, 503, "DATABASE_UNAVAILABLE");
    assertThat(away.headers().firstValue("Retry-After")).isPresent();
    assertProblem(server.post(VEHICLES, JSON, "{\"plate\":\"A2\"}"), 503, "DATABASE_UNAVAILABLE");
    assertThat(server.get("/api/v1/streams").statusCode()).isEqualTo(200);

    database.restore();

    await().atMost(SOON).until(() -> server.get(VEHICLES).statusCode() == 200);
    assertThat(plates("")).containsExactly("A1");
  }

  private List<String> plates(String query) {
    return items(VEHICLES + query).stream().map(item -> item.path("plate").asText()).toList();
  }

  private List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    ok(server.get(path)).path("items").forEach(items::add);
    return items;
  }

  private JsonNode created(String path, String body) {
    HttpResponse<String> response = server.post(path, JSON, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(response.headers().firstValue("Location")).isPresent();
    return TestServer.json(response);
  }

  private static JsonNode ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return TestServer.json(response);
  }
}
