package io.roadcast.signaling.ws;

import io.roadcast.events.EventKind;
import io.roadcast.events.Severity;
import io.roadcast.events.store.EventChanges.Range;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Json;
import io.roadcast.signaling.ws.EventFeed.Told;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes clients' wishes to be told of events. On their threads, which may wait. */
final class EventSubscriptions {
  private static final int PAGE = 500;

  /** Who is further behind reads the list of events instead. */
  private static final long MOST_BEHIND = 50_000;

  private final EventFeed feed;
  private final PushHub hub;
  private final Json json;

  /** What is said first: numbers of what follows are higher. */
  record Subscribed(String type, long number) {}

  EventSubscriptions(EventFeed feed, PushHub hub, Json json) {
    this.feed = feed;
    this.hub = hub;
    this.json = json;
  }

  /**
   * @throws ApiException MESSAGE_INVALID, RESUME_TOO_OLD
   */
  void subscribe(PushConnection connection, ClientMessage message) {
    EventFilter filter = filter(message);
    long since = message.since() == null ? feed.last() : resumable(message.since());
    connection.offer(json.write(new Subscribed("events.subscribed", since)));
    long last = feed.last();
    while (since < last) {
      long to = Math.min(last, since + PAGE);
      List<String> texts =
          feed.between(since, to).stream()
              .filter(told -> filter.fits(told.event()) && hub.maySee(connection, told.event()))
              .map(Told::text)
              .toList();
      if (!texts.isEmpty() && !connection.offer(texts)) {
        connection.drop(PushConnection.TRY_AGAIN_LATER, "too_slow");
        return;
      }
      since = to;
      last = Math.max(last, feed.last());
    }
    hub.subscribes(connection, filter, since);
  }

  private long resumable(long since) {
    Range kept = feed.kept();
    if (since > kept.last() || since < kept.first() - 1 || kept.last() - since > MOST_BEHIND) {
      throw new ApiException(
          ErrorCode.RESUME_TOO_OLD,
          "What happened since "
              + since
              + " is no longer kept; read the list of events, then follow from now on.");
    }
    return since;
  }

  private EventFilter filter(ClientMessage message) {
    UUID group = parsed("group", message.group(), UUID::fromString);
    Set<UUID> groups = group == null ? null : feed.within(group);
    return new EventFilter(
        parsed(
            "terminal",
            message.terminal(),
            text ->
                TerminalDigits.of(text)
                    .orElseThrow(() -> new IllegalArgumentException("no terminal's number"))),
        groups,
        parsed("kind", message.kind(), EventKind::ofLabel),
        parsed("severity", message.severity(), Severity::ofLabel));
  }

  private static <T> @Nullable T parsed(
      String name, @Nullable String text, Function<String, T> reader) {
    try {
      return text == null ? null : reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          ErrorCode.MESSAGE_INVALID, "\"" + name + "\" can not be this: " + e.getMessage() + ".");
    }
  }
}
