package io.roadcast.signaling.ws;

import io.roadcast.events.SafetyEvent;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.jtt.live.ChannelStatus;
import io.roadcast.sfu.router.Router;
import io.roadcast.sfu.router.Stream;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.sfu.router.StreamState;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.http.PlaybackView;
import io.roadcast.signaling.http.StreamView;
import io.roadcast.signaling.http.ViewerGateway;
import io.roadcast.signaling.http.ViewerNotices.Notice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients that are connected and whom they follow. Each is told of the streams it may view and
 * of no others. Only the hub's thread calls in, except for {@link #slowClients}.
 */
public final class Audience {
  private static final int HELLO_PAGE = 500;
  private static final String FULL_QUALITY = "full";

  private final Router router;
  private final ViewerGateway viewers;
  private final Gate gate;
  private final Json json;
  private final String version;
  private final int maxFollowed;
  private final Set<PushConnection> connections = new HashSet<>();
  private final Map<UUID, Set<PushConnection>> followers = new HashMap<>();
  private final Map<PushConnection, Integer> followed = new HashMap<>();
  private final EventAudience events;
  private final ToldFigures told = new ToldFigures();
  private final LongAdder slowClients = new LongAdder();

  public Audience(
      Router router,
      ViewerGateway viewers,
      Gate gate,
      Json json,
      String version,
      PushLimits limits) {
    this.router = router;
    this.viewers = viewers;
    this.gate = gate;
    this.json = json;
    this.version = version;
    this.events = new EventAudience(gate);
    this.maxFollowed = limits.maxFollowedViewers();
  }

  /** How many clients were closed because they did not read what they were told. */
  public long slowClients() {
    return slowClients.sum();
  }

  void join(PushConnection connection, List<Stream> streams) {
    List<StreamView> visible = new ArrayList<>();
    for (Stream stream : streams) {
      if (mayView(connection, stream)) {
        StreamView view = view(stream);
        told.rememberFirst(stream, view);
        visible.add(view);
      }
    }
    List<String> pages = new ArrayList<>();
    int end = Math.min(HELLO_PAGE, visible.size());
    pages.add(
        json.write(
            new ServerMessage.Hello(version, visible.subList(0, end), end < visible.size())));
    while (end < visible.size()) {
      int start = end;
      end = Math.min(start + HELLO_PAGE, visible.size());
      pages.add(
          json.write(
              new ServerMessage.HelloMore(visible.subList(start, end), end < visible.size())));
    }
    connections.add(connection);
    offer(connection, pages);
  }

  void leave(PushConnection connection) {
    connections.remove(connection);
    events.leave(connection);
    if (followed.remove(connection) != null) {
      followers.values().forEach(each -> each.remove(connection));
      followers.values().removeIf(Set::isEmpty);
    }
  }

  void follow(PushConnection connection, UUID viewer) {
    ViewerGateway.@Nullable Watching watching = viewers.find(viewer);
    if (watching == null || !connections.contains(connection)) {
      return;
    }
    Set<PushConnection> those = followers.computeIfAbsent(viewer, fresh -> new HashSet<>());
    if (!those.contains(connection)) {
      if (followed.merge(connection, 1, Integer::sum) > maxFollowed) {
        drop(connection, PushConnection.POLICY_VIOLATION, "too_many_followed");
        return;
      }
      those.add(connection);
    }
    StreamId id = watching.stream();
    Stream stream = router.find(id);
    if (stream != null && stream.state() == StreamState.INTERRUPTED) {
      offer(connection, List.of(notice(viewer, Notice.STREAM_INTERRUPTED, null)));
    }
    String quality = watching.view().quality();
    if (!quality.equals(FULL_QUALITY)) {
      offer(connection, List.of(notice(viewer, Notice.QUALITY_CHANGED, quality)));
    }
  }

  void tell(StreamNews what, Stream stream) {
    if (what == StreamNews.STOPPED) {
      told.forget(stream);
    }
    if (!connections.isEmpty()) {
      StreamView view = view(stream);
      told.remember(stream, view);
      String text = json.write(new ServerMessage.StreamEvent(what.label(), view));
      connections.stream()
          .filter(connection -> mayView(connection, stream))
          .toList()
          .forEach(connection -> offer(connection, List.of(text)));
    }
  }

  void tell(StreamId channel, ChannelStatus status) {
    String text = json.write(ServerMessage.ChannelChanged.of(channel, status));
    connections.stream()
        .filter(connection -> mayView(connection, channel))
        .toList()
        .forEach(connection -> offer(connection, List.of(text)));
  }

  /** Tells of the streams whose viewers or rates are noticeably other than told. */
  void tellChanges(List<Stream> streams) {
    if (connections.isEmpty()) {
      return;
    }
    for (Stream stream : streams) {
      if (told.differsNoticeably(stream, view(stream))) {
        tell(StreamNews.CHANGED, stream);
      }
    }
  }

  void tell(UUID viewer, Notice what, @Nullable String detail) {
    tellFollowers(viewer, () -> notice(viewer, what, detail));
  }

  void tell(PlaybackView playback) {
    tellFollowers(playback.viewer(), () -> json.write(PlaybackMessage.of(playback)));
  }

  private void tellFollowers(UUID viewer, Supplier<String> message) {
    Set<PushConnection> those = followers.get(viewer);
    if (those != null) {
      String text = message.get();
      List.copyOf(those).forEach(connection -> offer(connection, List.of(text)));
    }
  }

  void forget(UUID viewer) {
    Set<PushConnection> those = followers.remove(viewer);
    if (those != null) {
      those.forEach(connection -> followed.computeIfPresent(connection, (key, n) -> n - 1));
    }
  }

  void tellEvents(List<EventFeed.Told> news) {
    events.tell(news, this::offer);
  }

  /** Who is further behind than is remembered is asked to come again. */
  void subscribe(PushConnection connection, EventFilter filter, long since) {
    if (connections.contains(connection)
        && !events.subscribe(connection, filter, since, this::offer)) {
      drop(connection, PushConnection.TRY_AGAIN_LATER, "behind");
    }
  }

  void unsubscribe(PushConnection connection) {
    events.leave(connection);
  }

  /** Any thread. */
  boolean maySee(PushConnection connection, SafetyEvent event) {
    return events.maySee(connection, event);
  }

  /** Tells what became of a terminal to those who may see it. */
  void tellOfTerminal(String terminal, Object message) {
    tellWhoMay(Action.VIEW_FLEET, Resource.terminal(terminal), message);
  }

  /** Tells of a file of a terminal to those who may see it. */
  void tellOfMedia(Resource whose, MediaMessage message) {
    tellWhoMay(Action.VIEW_MEDIA, whose, message);
  }

  private void tellWhoMay(Action action, Resource resource, Object message) {
    if (!connections.isEmpty()) {
      String text = json.write(message);
      connections.stream()
          .filter(connection -> gate.permits(connection.principal(), action, resource))
          .toList()
          .forEach(connection -> offer(connection, List.of(text)));
    }
  }

  /** Tells where terminals are, each client as one piece of those that it may see. */
  void tellPositions(List<LatestPositions.Message> positions) {
    if (connections.isEmpty() || positions.isEmpty()) {
      return;
    }
    List<String> texts = positions.stream().map(json::write).toList();
    for (PushConnection connection : List.copyOf(connections)) {
      List<String> visible = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        if (maySee(connection, positions.get(i).terminal())) {
          visible.add(texts.get(i));
        }
      }
      if (!visible.isEmpty()) {
        offer(connection, visible);
      }
    }
  }

  private boolean maySee(PushConnection connection, String terminal) {
    return gate.permits(connection.principal(), Action.VIEW_FLEET, Resource.terminal(terminal));
  }

  /** The server stops: followers are told for each viewer, then everybody is closed. */
  void stop() {
    for (UUID viewer : List.copyOf(followers.keySet())) {
      tell(viewer, Notice.SERVER_STOPPING, "The server is stopping.");
    }
    closeAll(PushConnection.GOING_AWAY, "server_stopping");
  }

  void closeAll(int code, String reason) {
    connections.forEach(connection -> connection.finish(code, reason));
    connections.clear();
    events.clear();
    followers.clear();
    followed.clear();
  }

  private String notice(UUID viewer, Notice what, @Nullable String detail) {
    return json.write(new ServerMessage.ViewerNotice(viewer, what.label(), detail));
  }

  private void offer(PushConnection connection, List<String> texts) {
    if (!connection.offer(texts)) {
      slowClients.increment();
      drop(connection, PushConnection.TRY_AGAIN_LATER, "too_slow");
    }
  }

  private void drop(PushConnection connection, int code, String reason) {
    connection.drop(code, reason);
    leave(connection);
  }

  private boolean mayView(PushConnection connection, Stream stream) {
    return mayView(connection, stream.id());
  }

  private boolean mayView(PushConnection connection, StreamId id) {
    return gate.permits(connection.principal(), Action.VIEW_STREAM, Resource.stream(id.name()));
  }

  private StreamView view(Stream stream) {
    return StreamView.of(stream, viewers.count(stream.id()));
  }
}
