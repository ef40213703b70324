package io.roadcast.signaling.ws;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsMessageContext;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Principal;
import io.roadcast.fleet.access.Resource;
import io.roadcast.signaling.auth.RateLimiter;
import io.roadcast.signaling.http.AllowedOrigins;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.PastViewing;
import io.roadcast.signaling.http.PlaybackCommand;
import io.roadcast.signaling.http.Problem;
import io.roadcast.signaling.http.ProblemResponse;
import io.roadcast.signaling.http.ViewerGateway;
import io.roadcast.signaling.http.ViewingRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/ws}: who may connect, and what clients say. */
public final class PushRoute {
  public static final String PATH = "/api/v1/ws";

  private static final String PRINCIPAL = "roadcast.push.principal";
  private static final String CREDENTIAL = "roadcast.push.credential";
  private static final String ADDRESS = "roadcast.push.address";
  private static final String CONNECTION = "roadcast.push.connection";
  private static final List<String> TYPES =
      List.of(
          ClientMessage.FOLLOW,
          ClientMessage.PAUSE,
          ClientMessage.RESUME,
          ClientMessage.FIGURES,
          ClientMessage.PLAYBACK,
          ClientMessage.SUBSCRIBE,
          ClientMessage.UNSUBSCRIBE);
  private static final double MESSAGES_PER_SECOND = 1;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final PushHub hub;
  private final ViewerGateway viewers;
  private final ViewingRecords records;
  private final PastViewing past;
  private final Gate gate;
  private final AllowedOrigins origins;
  private final Json json;
  private final PushLimits limits;
  private final ConnectionCount count;
  private volatile @Nullable EventSubscriptions events;

  /** A connection and its allowance of messages. */
  private record Client(PushConnection connection, RateLimiter allowance) {}

  public PushRoute(
      PushHub hub,
      ViewerGateway viewers,
      ViewingRecords records,
      PastViewing past,
      Gate gate,
      AllowedOrigins origins,
      Json json,
      PushLimits limits) {
    this.hub = hub;
    this.viewers = viewers;
    this.records = records;
    this.past = past;
    this.gate = gate;
    this.origins = origins;
    this.json = json;
    this.limits = limits;
    this.count = new ConnectionCount(limits.maxConnections(), limits.maxConnectionsPerAddress());
  }

  public void install(RoutesConfig routes) {
    routes.wsBeforeUpgrade(PATH, this::admit);
    routes.ws(PATH, this::handle);
  }

  /** From now on clients may follow events. */
  public void offerEvents(EventFeed feed) {
    events = new EventSubscriptions(feed, hub, json);
  }

  /** How many clients are connected. */
  public int connections() {
    return count.total();
  }

  /** Waits until all clients have said good-bye, at most so long. */
  public void awaitNone(Duration patience) {
    count.awaitNone(patience);
  }

  private void admit(Context ctx) {
    if (!origins.permitsSocket(ctx.header("Origin"), ctx.header("Host"))) {
      throw new ApiException(
          ErrorCode.ORIGIN_NOT_ALLOWED, "Pages of this origin may not connect here.");
    }
    Principal principal = gate.require(ctx, Action.LIST_STREAMS, Resource.whole());
    if (!count.hasRoom(ctx.ip())) {
      throw tooMany();
    }
    ctx.attribute(PRINCIPAL, principal);
    ctx.attribute(CREDENTIAL, Gate.credentialOf(ctx));
    ctx.attribute(ADDRESS, ctx.ip());
  }

  private void handle(WsConfig socket) {
    socket.onConnect(this::connected);
    socket.onMessage(this::said);
    socket.onBinaryMessage(
        ctx -> ctx.closeSession(PushConnection.POLICY_VIOLATION, "text_messages_only"));
    socket.onClose(ctx -> closed(ctx.attribute(CONNECTION)));
    socket.onError(ctx -> ctx.session.disconnect());
  }

  private void connected(WsConnectContext ctx) {
    String address = Objects.requireNonNull(ctx.<String>attribute(ADDRESS));
    Principal principal = Objects.requireNonNull(ctx.<Principal>attribute(PRINCIPAL));
    if (!count.enter(address)) {
      ctx.closeSession(PushConnection.TRY_AGAIN_LATER, "too_many_connections");
      return;
    }
    PushConnection connection =
        new PushConnection(
            ctx.session, principal, ctx.attribute(CREDENTIAL), address, gate, limits);
    RateLimiter allowance = new RateLimiter(limits.messageBurst(), MESSAGES_PER_SECOND, 1);
    ctx.attribute(CONNECTION, new Client(connection, allowance));
    connection.start();
    hub.joined(connection);
  }

  private void closed(@Nullable Client client) {
    if (client != null) {
      client.connection().closed();
      hub.left(client.connection());
      count.leave(client.connection().address());
    }
  }

  private void said(WsMessageContext ctx) {
    Client client = ctx.attribute(CONNECTION);
    if (client == null) {
      return;
    }
    PushConnection connection = client.connection();
    if (client.allowance().take("").isPositive()) {
      connection.finish(PushConnection.POLICY_VIOLATION, "too_many_messages");
      return;
    }
    try {
      obey(connection, ctx.message());
    } catch (RuntimeException failure) {
      Problem problem = ProblemResponse.problem(failure, "a message of " + connection.address());
      answer(connection, json.write(ServerMessage.Refusal.of(problem)));
    }
  }

  private static void answer(PushConnection connection, String text) {
    if (!connection.offer(text)) {
      connection.drop(PushConnection.TRY_AGAIN_LATER, "too_slow");
    }
  }

  /** What a viewer is to be shown; the answer is for whoever asked, the news for all who follow. */
  private void order(PushConnection connection, UUID viewer, String text) {
    PlaybackCommand command =
        json.read(
            text.getBytes(StandardCharsets.UTF_8),
            PlaybackCommand.class,
            ErrorCode.MESSAGE_INVALID);
    var asker = new PastViewing.Asker(connection.principal(), connection.address());
    answer(connection, json.write(PlaybackMessage.of(past.order(asker, viewer, command))));
  }

  private void obey(PushConnection connection, String text) {
    ClientMessage message =
        json.read(
            text.getBytes(StandardCharsets.UTF_8), ClientMessage.class, ErrorCode.MESSAGE_INVALID);
    switch (String.valueOf(message.type())) {
      case ClientMessage.FOLLOW -> hub.follows(connection, permitted(connection, message.viewer()));
      case ClientMessage.PAUSE -> viewers.pause(permitted(connection, message.viewer()));
      case ClientMessage.RESUME -> viewers.resume(permitted(connection, message.viewer()));
      case ClientMessage.FIGURES -> keep(connection, message.viewers());
      case ClientMessage.PLAYBACK -> order(connection, viewerOf(message.viewer()), text);
      case ClientMessage.SUBSCRIBE -> subscribe(connection, message);
      case ClientMessage.UNSUBSCRIBE -> hub.unsubscribes(connection);
      default ->
          throw new ApiException(
              ErrorCode.MESSAGE_INVALID, "\"type\" is one of " + String.join(", ", TYPES) + ".");
    }
  }

  private void subscribe(PushConnection connection, ClientMessage message) {
    EventSubscriptions subscriptions = events;
    if (subscriptions == null) {
      throw new ApiException(ErrorCode.SERVER_STOPPING, "There are no events now.");
    }
    subscriptions.subscribe(connection, message);
  }

  /** What players say of viewings that this client may see; those that are over are passed over. */
  private void keep(PushConnection connection, @Nullable List<ClientMessage.Told> told) {
    if (told == null || told.size() > limits.maxFollowedViewers()) {
      throw new ApiException(
          ErrorCode.MESSAGE_INVALID,
          "\"viewers\" is a list of up to " + limits.maxFollowedViewers() + ".");
    }
    for (ClientMessage.Told each : told) {
      UUID viewer = viewerOf(each.viewer());
      ViewerGateway.@Nullable Watching watching = viewers.find(viewer);
      if (each.figures() != null && watching != null && mayView(connection, viewer)) {
        records.put(watching, each.figures());
        if (viewers.find(viewer) == null) {
          records.forget(viewer); // it ended meanwhile
        }
      }
    }
  }

  private UUID permitted(PushConnection connection, @Nullable String named) {
    UUID viewer = viewerOf(named);
    if (!mayView(connection, viewer)) {
      throw new ApiException(ErrorCode.VIEWER_NOT_FOUND, "There is no viewer " + viewer + ".");
    }
    return viewer;
  }

  private boolean mayView(PushConnection connection, UUID viewer) {
    ViewerGateway.@Nullable Watching watching = viewers.find(viewer);
    return watching != null
        && gate.permits(
            connection.principal(), Action.VIEW_STREAM, Resource.stream(watching.stream().name()));
  }

  private static UUID viewerOf(@Nullable String named) {
    try {
      return UUID.fromString(String.valueOf(named));
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.MESSAGE_INVALID, "\"viewer\" is a UUID.");
    }
  }

  private static ApiException tooMany() {
    return new ApiException(
        ErrorCode.TOO_MANY_CONNECTIONS, "Too many connections are open.", RETRY_AFTER);
  }
}
