package io.roadcast.signaling.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.roadcast.fleet.access.AccessPolicy;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Grant;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.database.testing.TestDatabase;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.signaling.TestServer;
import io.roadcast.signaling.auth.FailedAuthentications;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.ProblemResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PermittedOrganizationsTest {
  private final TestDatabase test = TestDatabase.create();
  private final FleetRecords fleet = FleetRecords.open(test.database());

  @AfterEach
  void close() {
    fleet.close();
    test.close();
  }

  @Test
  void theLastOfManyOrganizationsIsFoundToo() {
    UUID last =
        test.database()
            .inTransaction(
                handle -> {
                  handle.execute(
                      """
                      INSERT INTO organization (id, name)
                      SELECT gen_random_uuid(), 'of ' || n FROM generate_series(1, 1100) n
                      """);
                  return handle
                      .createQuery("SELECT id FROM organization ORDER BY id DESC LIMIT 1")
                      .mapTo(UUID.class)
                      .one();
                });
    assertThat(asked(Resource.organization(last)).body()).isEqualTo("[" + last + "]");
    assertThat(asked(Resource.whole()).body()).isEqualTo("null");
    assertThat(asked(Resource.organization(UUID.randomUUID())).statusCode()).isEqualTo(403);
  }

  /** What somebody is answered who may see the fleet of that. */
  private HttpResponse<String> asked(Resource granted) {
    Grant grant = new Grant(Set.of(Action.VIEW_FLEET), granted);
    Principal somebody = new Principal("somebody", Principal.Kind.ADMINISTRATOR, List.of(grant));
    Gate gate =
        new Gate(
            credential -> somebody,
            AccessPolicy.byGrants(),
            new FailedAuthentications(Duration.ofMillis(2), 1));
    PermittedOrganizations permitted = new PermittedOrganizations(fleet.organizations(), gate);
    Javalin app =
        Javalin.create(
                javalin -> {
                  new ProblemResponse(new Json()).install(javalin.routes);
                  javalin.routes.get(
                      "/",
                      ctx ->
                          ctx.result(
                              String.valueOf(
                                  permitted.scope(ctx, Action.VIEW_FLEET).organizations())));
                })
            .start("127.0.0.1", 0);
    try {
      return TestServer.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + "/")).GET());
    } finally {
      app.stop();
    }
  }
}
