package io.roadcast.signaling.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.roadcast.events.EventKind;
import io.roadcast.events.EventOwner;
import io.roadcast.events.EventReport;
import io.roadcast.events.EventType;
import io.roadcast.events.Severity;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.signaling.ApiDescription;
import io.roadcast.signaling.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reports of events, and what a vehicle did. */
@Timeout(180)
class EventReportApiTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:30Z");
  private static final String TIME = "from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z";

  @TempDir Path directory;
  private final ApiDescription description = new ApiDescription();
  private final TestDatabase database = TestDatabase.create();
  private TestServer server;
  private UUID organization;
  private UUID truck;
  private UUID bus;

  EventReportApiTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(directory, TestServer.Options.tokens(), database.address());
    await().atMost(SOON).until(() -> server.fleet.identities().loaded());
    organization = server.fleet.organizations().ofNobodyElse();
    truck = vehicle("A 1");
    bus = vehicle("B 2");
    server
        .database()
        .useTransaction(
            handle ->
                handle.execute(
                    "CREATE TABLE track_20260301 PARTITION OF track"
                        + " FOR VALUES FROM ('2026-03-01Z') TO ('2026-03-02Z')"));
    drive("139", truck, 1000, 1050);
    drive("140", bus, 70, 270);
    List<EventReport> reports = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      reports.add(report("139", truck, "fatigue", Severity.CRITICAL, i));
    }
    for (int i = 0; i < 4; i++) {
      reports.add(report("140", bus, i < 3 ? "phone" : "fatigue", Severity.WARNING, 3600 + i));
    }
    server.events.intake.report(reports);
  }

  private UUID vehicle(String plate) {
    HttpResponse<String> made =
        server.post(
            "/api/v1/vehicles",
            "application/json",
            "{\"organization\":\"" + organization + "\",\"plate\":\"" + plate + "\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return UUID.fromString(TestServer.json(made).path("id").asText());
  }

  private void drive(String terminal, UUID vehicle, int from, int to) {
    server
        .database()
        .useTransaction(
            handle -> {
              for (int i = 0; i <= 10; i++) {
                handle.execute(
                    "INSERT INTO track (received_at, at, terminal, vehicle_id, organization_id,"
                        + " latitude, longitude, altitude_m, speed_kmh, direction, alarms,"
                        + " video_alarms, status, protocol, mileage_km, serial, backlog)"
                        + " VALUES (?, ?, ?, ?, ?, 31, 121, 1, 60, 0, 0, 0, 2, 2013, ?, ?, false)",
                    NOON.plusSeconds(i).atOffset(ZoneOffset.UTC),
                    NOON.plusSeconds(i).atOffset(ZoneOffset.UTC),
                    terminal,
                    vehicle,
                    organization,
                    from + (to - from) * i / 10.0,
                    i);
              }
            });
  }

  private EventReport report(
      String terminal, UUID vehicle, String subtype, Severity severity, int second) {
    return new EventReport(
        EventReport.Phase.POINT,
        Integer.toString(second),
        subtype,
        new EventType(EventKind.DSM, subtype),
        severity,
        "test",
        terminal,
        new EventOwner(null, vehicle, null, organization),
        1,
        null,
        null,
        NOON.plusSeconds(second),
        NOON.plusSeconds(second),
        false,
        null,
        "{}");
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  @Test
  void countsAndRatesByVehicle() {
    JsonNode lines = lines("by=vehicle");
    assertThat(lines).hasSize(2);
    assertThat(lines.path(0).path("key").asText()).isEqualTo(bus.toString());
    assertThat(lines.path(0).path("events").asInt()).isEqualTo(4);
    assertThat(lines.path(0).path("warning").asInt()).isEqualTo(4);
    assertThat(lines.path(0).path("kilometres").asDouble()).isEqualTo(200);
    assertThat(lines.path(0).path("per_100_km").asDouble()).isEqualTo(2);
    assertThat(lines.path(1).path("critical").asInt()).isEqualTo(3);
    assertThat(lines.path(1).path("per_100_km").asDouble()).isEqualTo(6);
    assertThat(lines("by=vehicle&order=rate&limit=1").path(0).path("key").asText())
        .isEqualTo(truck.toString());
  }

  @Test
  void falseAlarmsDoNotCountForRates() {
    String event =
        TestServer.json(server.get("/api/v1/events?terminal=139&limit=1"))
            .at("/items/0/id")
            .asText();
    server.patch("/api/v1/events/" + event, "{\"falseAlarm\":true}");
    JsonNode line = lines("by=terminal&terminal=139").path(0);
    assertThat(line.path("events").asInt()).isEqualTo(3);
    assertThat(line.path("false_alarms").asInt()).isEqualTo(1);
    assertThat(line.path("per_100_km").asDouble()).isEqualTo(4);
  }

  @Test
  void countsByKindAndTime() {
    JsonNode types = lines("by=type");
    assertThat(types.path(0).path("key").asText()).isEqualTo("dsm.fatigue");
    assertThat(types.path(0).path("events").asInt()).isEqualTo(4);
    assertThat(types.path(0).path("kilometres").asDouble()).isEqualTo(250);
    assertThat(lines("by=kind").path(0).path("events").asInt()).isEqualTo(7);
    assertThat(lines("by=severity&order=key").path(1).path("key").asText()).isEqualTo("warning");
    assertThat(lines("by=day").path(0).path("key").asText()).isEqualTo("2026-03-01");
    JsonNode hours = lines("by=hour&order=key");
    assertThat(hours.path(0).path("key").asText()).isEqualTo("12");
    assertThat(hours.path(1).path("key").asText()).isEqualTo("13");
    assertThat(hours.path(1).path("events").asInt()).isEqualTo(4);
    assertThat(lines("by=group").path(0).has("key")).isFalse();
    assertThat(lines("by=vehicle&type=dsm.phone")).hasSize(1);
  }

  @Test
  void isTakenAwayAsCsv() {
    HttpResponse<String> csv = server.get("/api/v1/event-reports?by=terminal&format=csv&" + TIME);
    assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(csv.body())
        .isEqualTo(
            "key,events,info,warning,critical,false_alarms,kilometres,per_100_km\r\n"
                + "140,4,0,4,0,0,200.0,2.0\r\n139,3,0,0,3,0,50.0,6.0\r\n");
  }

  @Test
  void whatIsWrongIsRefused() {
    for (String query :
        List.of(
            "by=colour",
            "order=x",
            "format=xml",
            "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z",
            "from=2020-03-02T00:00:00Z&to=2026-03-01T00:00:00Z")) {
      HttpResponse<String> refused = server.get("/api/v1/event-reports?" + query);
      assertThat(refused.statusCode()).as(query).isEqualTo(400);
    }
    assertThat(TestServer.send(server.anonymous("/api/v1/event-reports")).statusCode())
        .isEqualTo(401);
    String missing = "/api/v1/vehicles/" + UUID.randomUUID() + "/timeline";
    assertThat(server.get(missing).statusCode()).isEqualTo(404);
    assertThat(TestServer.send(server.anonymous(missing)).statusCode()).isEqualTo(401);
    assertThat(
            server
                .get("/api/v1/vehicles/" + truck + "/timeline?from=2020-01-01T00:00:00Z")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aVehiclesTimelineHasPositionsEventsAndRecordings() {
    HttpResponse<String> answer =
        server.get("/api/v1/vehicles/" + truck + "/timeline?limit=2&" + TIME);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode timeline = TestServer.json(answer);
    description.assertMatches(timeline, "VehicleTimeline");
    assertThat(timeline.path("positions")).hasSize(1); // of 500 equal parts of a day
    assertThat(timeline.path("events")).hasSize(2);
    assertThat(timeline.path("more_events").asBoolean()).isTrue();
    assertThat(timeline.at("/events/0/deviceId").asText()).isEqualTo("139");
    assertThat(timeline.path("recordings").isArray()).isTrue();
    JsonNode near =
        TestServer.json(
            server.get(
                "/api/v1/vehicles/"
                    + truck
                    + "/timeline?from=2026-03-01T12:00:00Z&to=2026-03-01T12:01:00Z"));
    assertThat(near.path("positions")).hasSize(11);
    assertThat(near.path("more_events").asBoolean()).isFalse();
  }

  private JsonNode lines(String query) {
    HttpResponse<String> answer = server.get("/api/v1/event-reports?" + query + "&" + TIME);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    description.assertMatches(TestServer.json(answer), "EventCounts");
    return TestServer.json(answer).path("items");
  }
}
