package io.roadcast.server;

import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.recorder.playback.Archive;
import io.roadcast.recorder.playback.Playbacks;
import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.PlaybackMetrics;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.StreamSource;
import io.roadcast.sfu.transport.ViewerSession;
import io.roadcast.sfu.transport.ViewerSessions;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.recording.RecordedViewing;
import java.util.function.Function;

/** What shows recordings to viewers. */
final class PlaybackParts {
  private final Playbacks playbacks;
  private final ViewerSessions viewers;
  private final FleetRecords fleet;

  PlaybackParts(
      ServerConfig config,
      Parts parts,
      Metrics metrics,
      Archive archive,
      Router router,
      ViewerSessions viewers,
      StreamSource cameras,
      FleetRecords fleet) {
    this.viewers = viewers;
    this.fleet = fleet;
    playbacks =
        parts.add(
            "playbacks",
            new Playbacks(archive, router, viewers, cameras, config.recording().maxPlaybacks()));
    metrics.add(new PlaybackMetrics(playbacks));
  }

  private static RecordedViewing.Watched watched(ViewerSession session) {
    return new RecordedViewing.Watched(session.streamId(), session.user());
  }

  /** For those whom a gate lets in. */
  Function<Gate, PastViewing> viewing() {
    return gate ->
        new RecordedViewing(
            playbacks,
            viewer -> viewers.find(viewer).map(PlaybackParts::watched).orElse(null),
            fleet,
            gate);
  }
}
