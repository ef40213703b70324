package io.roadcast.signaling.ws;

import io.roadcast.events.SafetyEvent;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.signaling.http.Gate;
import io.roadcast.signaling.ws.EventFeed.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who is told of events, each in the order of the numbers. What was told last is remembered, so
 * that who has read the older ones by itself joins without a gap. Only the hub's thread calls in.
 */
final class EventAudience {
  private static final int REMEMBERED = 5000;

  private final Gate gate;
  private final Map<PushConnection, EventFilter> filters = new HashMap<>();
  private final Deque<Told> recent = new ArrayDeque<>();
  private long forgotten;

  /** Offers texts to a connection, and closes it if it is too slow. */
  @FunctionalInterface
  interface Offer {
    void offer(PushConnection connection, List<String> texts);
  }

  EventAudience(Gate gate) {
    this.gate = gate;
  }

  void tell(List<Told> news, Offer offer) {
    for (Told each : news) {
      recent.addLast(each);
      if (recent.size() > REMEMBERED) {
        forgotten = recent.removeFirst().number();
      }
    }
    for (Map.Entry<PushConnection, EventFilter> each : List.copyOf(filters.entrySet())) {
      offer(each.getKey(), each.getValue(), news, offer);
    }
  }

  /**
   * Adds or changes what a connection is told.
   *
   * @param since the number up to which it has been told already
   * @return false if more has happened since than is remembered
   */
  boolean subscribe(PushConnection connection, EventFilter filter, long since, Offer offer) {
    if (since < forgotten) {
      return false;
    }
    filters.put(connection, filter);
    offer(
        connection, filter, recent.stream().filter(told -> told.number() > since).toList(), offer);
    return true;
  }

  private void offer(PushConnection connection, EventFilter filter, List<Told> news, Offer offer) {
    List<String> texts = new ArrayList<>();
    for (Told each : news) {
      if (filter.fits(each.event()) && maySee(connection, each.event())) {
        texts.add(each.text());
      }
    }
    if (!texts.isEmpty()) {
      offer.offer(connection, texts);
    }
  }

  boolean maySee(PushConnection connection, SafetyEvent event) {
    return gate.permits(connection.principal(), Action.VIEW_EVENTS, resource(event));
  }

  /** As it was at that time: a terminal may belong to somebody else today. */
  private static Resource resource(SafetyEvent event) {
    UUID organization = event.owner().organization();
    return organization == null
        ? Resource.terminal(event.terminal())
        : Resource.terminal(event.terminal(), organization);
  }

  void leave(PushConnection connection) {
    filters.remove(connection);
  }

  void clear() {
    filters.clear();
  }
}
