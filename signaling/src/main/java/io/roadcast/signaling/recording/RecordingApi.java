package io.roadcast.signaling.recording;

import io.javalin.config.RoutesConfig;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.recorder.catalog.Retention;
import io.roadcast.recorder.exact.GroupCoder;
import io.roadcast.recorder.policy.PolicyTable;
import io.roadcast.recorder.policy.RecordingControl;
import io.roadcast.recorder.retrieve.Recordings;
import io.roadcast.recorder.retrieve.ServerTimeline;
import io.roadcast.recorder.retrieve.Timeline;
import io.roadcast.recorder.still.Stills;
import io.roadcast.signaling.auth.SignedLinks;
import io.roadcast.signaling.http.RouteSet;
import java.util.List;

/** All routes of recordings. */
public final class RecordingApi implements RouteSet {
  private final Recordings recordings;
  private final GroupCoder coder;
  private final Stills stills;
  private final Retention retention;
  private final Policies policies;
  private final FleetRecords fleet;
  private final SignedLinks links;

  /** What is to be recorded. */
  public record Policies(PolicyTable table, RecordingControl control) {}

  public RecordingApi(
      Recordings recordings,
      GroupCoder coder,
      Stills stills,
      Retention retention,
      Policies policies,
      FleetRecords fleet,
      SignedLinks links) {
    this.recordings = recordings;
    this.coder = coder;
    this.stills = stills;
    this.retention = retention;
    this.policies = policies;
    this.fleet = fleet;
    this.links = links;
  }

  @Override
  public void install(RoutesConfig routes, Tools tools) {
    RecordingRequest request = new RecordingRequest(fleet, tools.gate());
    SignedMedia signed = new SignedMedia(links);
    new RecordedMediaRoutes(recordings, coder, signed, request, tools.bodies(), tools.json())
        .install(routes);
    new PlaylistRoutes(recordings, signed, request).install(routes);
    new ExportRoutes(recordings, signed, request, tools.bodies(), tools.json()).install(routes);
    new ThumbnailRoutes(recordings, stills, signed, request).install(routes);
    new TimelineRoutes(new Timeline(List.of(new ServerTimeline(recordings))), request, tools.json())
        .install(routes);
    new PolicyRoutes(
            policies.table(), policies.control(), fleet, request, tools.bodies(), tools.json())
        .install(routes);
    new DeletionRoutes(retention.deletion(), request, tools.bodies(), tools.json()).install(routes);
    new RecordingRoutes(recordings, retention, request, tools.json()).install(routes);
  }
}
