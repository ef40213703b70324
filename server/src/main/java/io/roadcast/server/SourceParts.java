package io.roadcast.server;

import io.roadcast.server.config.ServerConfig;
import io.roadcast.server.observe.Metrics;
import io.roadcast.server.observe.SourceMetrics;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.transport.DialOut;
import io.roadcast.sfu.whep.RetryDelays;
import io.roadcast.sfu.whep.WhepSources;
import io.roadcast.signaling.http.RouteSet;
import io.roadcast.signaling.http.SourceRoutes;

/** What brings streams of other servers here. */
final class SourceParts {
  private final WhepSources sources;

  SourceParts(ServerConfig config, Parts parts, Metrics metrics, Router router, DialOut port) {
    sources =
        parts.add(
            "sources",
            WhepSources.start(config.sources().remotes(), router, port, RetryDelays.USUAL));
    metrics.add(new SourceMetrics(sources));
  }

  RouteSet api() {
    return new SourceRoutes(sources::statuses);
  }
}
