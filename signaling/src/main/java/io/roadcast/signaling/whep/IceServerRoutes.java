package io.roadcast.signaling.whep;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client hands to its RTCPeerConnection before it offers. */
public final class IceServerRoutes {
  private final IceServers servers;
  private final Gate gate;
  private final Json json;

  /**
   * @param expiresInS for how long the user names are good; absent if there are none that end
   */
  record Answer(List<Server> iceServers, @Nullable Long expiresInS) {}

  /** In the words of RTCIceServer (W3C WebRTC). */
  record Server(List<String> urls, @Nullable String username, @Nullable String credential) {}

  public IceServerRoutes(IceServers servers, Gate gate, Json json) {
    this.servers = servers;
    this.gate = gate;
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/v1/ice-servers", this::list);
  }

  private void list(Context ctx) {
    Principal principal = gate.require(ctx, Action.LIST_STREAMS, Resource.whole());
    List<Server> list =
        servers.of(principal).stream()
            .map(each -> new Server(List.of(each.url()), each.username(), each.credential()))
            .toList();
    Long seconds = servers.lifetime().map(Duration::toSeconds).orElse(null);
    ctx.header("Cache-Control", "no-store");
    ctx.result(json.write(new Answer(list, seconds)));
    ctx.contentType("application/json");
  }
}
