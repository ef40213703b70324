package io.roadcast.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.roadcast.fleet.TerminalFacts;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.Sighting;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fleet's answers are as openapi.yaml says. */
@Timeout(120)
class FleetDescriptionTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String JSON = "application/json";

  @TempDir Path directory;
  private final ApiDescription description = new ApiDescription();

  FleetDescriptionTest() throws Exception {}

  @Test
  void answersAreAsDescribed() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        TestServer server =
            new TestServer(directory, TestServer.Options.tokens(), database.address())) {
      await().atMost(SOON).until(() -> server.fleet.identities().loaded());
      check(server.post("/api/v1/organizations", JSON, "{\"name\":\"O\"}"), 201, "Organization");
      check(server.get("/api/v1/organizations?limit=1"), 200, "OrganizationPage");
      check(server.post("/api/v1/groups", JSON, "{\"name\":\"G\"}"), 201, "Group");
      check(server.get("/api/v1/groups"), 200, "GroupPage");
      String terminal =
          "{\"phone\":\"139\",\"imei\":\"861234567890123\",\"aliases\":[\"7\"],\"authentication_code\":\"x\"}";
      check(server.post("/api/v1/terminals", JSON, terminal), 201, "Terminal");
      check(server.put("/api/v1/terminals/139/channels/1", "{\"name\":\"Front\"}"), 200, "Channel");
      check(server.get("/api/v1/terminals/139/channels"), 200, "ChannelList");
      check(server.get("/api/v1/terminals/139/usage"), 200, "Usage");
      check(server.get("/api/v1/terminals/139/identities"), 200, "IdentityList");
      server.terminals.connected.put("139", "2019");
      String vehicle = "{\"plate\":\"A1\",\"plate_color\":\"blue\",\"terminal\":\"139\"}";
      HttpResponse<String> made = server.post("/api/v1/vehicles", JSON, vehicle);
      check(made, 201, "Vehicle");
      check(server.get("/api/v1/vehicles"), 200, "VehiclePage");
      String id = TestServer.json(made).path("id").asText();
      check(server.get("/api/v1/vehicles/" + id + "/installations"), 200, "InstallationList");
      check(server.get("/api/v1/terminals"), 200, "TerminalPage");
      check(
          server.post("/api/v1/vehicles/import", "text/csv", "plate,phone\nB,x\nC,\n"),
          200,
          "ImportResult");
      server
          .fleet
          .observations()
          .seen(
              Sighting.ofPhone(
                  HexFormat.of().parseHex("013800000000"),
                  "192.0.2.1:1",
                  new TerminalFacts("2013", "m", null, null, null, null, null, null)));
      await()
          .atMost(SOON)
          .until(() -> server.get("/api/v1/terminals?unknown=true").body().contains("13800000000"));
      check(server.get("/api/v1/terminals?unknown=true"), 200, "TerminalPage");
      check(server.get("/api/v1/audit"), 200, "AuditPage");
      check(server.get("/api/v1/vehicles/nonsense"), 404, "Problem");
    }
  }

  private void check(HttpResponse<String> response, int status, String schema) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    description.assertMatches(TestServer.json(response), schema);
  }
}
