package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.recorder.catalog.Retention;
import io.roadcast.recorder.policy.PolicyTable;
import io.roadcast.recorder.policy.RecordingControl;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.signaling.auth.SignedLinks;
import io.roadcast.signaling.http.RouteSet;

/** All routes of recordings. */
public final class RecordingApi implements RouteSet {
  private final Recordings recordings;
  private final Retention retention;
  private final Policies policies;
  private final FleetRecords fleet;
  private final SignedLinks links;

  /** What is to be recorded. */
  public record Policies(PolicyTable table, RecordingControl control) {}

  public RecordingApi(
      Recordings recordings,
      Retention retention,
      Policies policies,
      FleetRecords fleet,
      SignedLinks links) {
    this.recordings = recordings;
    this.retention = retention;
    this.policies = policies;
    this.fleet = fleet;
    this.links = links;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    RecordingRequest request = new RecordingRequest(fleet, tools.gate());
    new RecordedMediaRoutes(recordings, links, request, tools.bodies(), tools.json())
        .install(routes);
    new PolicyRoutes(
            policies.table(), policies.control(), fleet, request, tools.bodies(), tools.json())
        .install(routes);
    new RecordingRoutes(recordings, retention, fleet.vehicles(), request, tools.json())
        .install(routes);
  }
}
