package io.roadcast.events.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roadcast.events.EventJson;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.LookTimer;
import io.roadcast.events.webhook.Delivery.State;
import io.roadcast.events.webhook.DeliveryTable.Attempt;
import io.roadcast.events.webhook.DeliveryTable.Line;
import io.roadcast.events.webhook.WebhookPost.NotTakenException;
import io.roadcast.fleet.TimeOrderedId;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks what waits for them: each line, of a webhook and a terminal, on a virtual thread
 * and in order; what is not taken is sent again with growing pauses, and holds up its own line
 * only. What the receiver itself refuses again and again, while it takes a ping, is set aside: the
 * line goes on, and it is sent again on its own. A day later what nobody took is given up and kept.
 * One thread looks for lines that are due.
 */
public final class WebhookDispatcher implements AutoCloseable {
  /** How long what nobody takes is sent again. */
  public static final Duration LIFE = Duration.ofHours(24);

  private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** Another node may take a line then: longer than an attempt can take. */
  private static final Duration LEASE = Duration.ofMinutes(1);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  /** Lines of one webhook that are told at once. */
  private static final int LINES = 16;

  private static final int BATCH = 50;

  /** Refused so often, some minutes, a message may be passed by those behind it. */
  static final int OFTEN_REFUSED = 8;

  /** Says nothing but that somebody is there who takes messages. */
  private static final String PING = "{\"type\":\"ping\"}";

  private final WebhookTable webhooks;
  private final DeliveryTable table;
  private final EventTables events;
  private final EventEvidence evidence;
  private final WebhookPost post;
  private final InstantSource clock;
  private final Map<UUID, Semaphore> rooms = new ConcurrentHashMap<>();
  private final Set<Line> busy = ConcurrentHashMap.newKeySet();
  private final Set<UUID> busyAside = ConcurrentHashMap.newKeySet();
  private final LookTimer looks = new LookTimer(LOOK);
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder dead = new LongAdder();
  private final LongAdder aside = new LongAdder();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long waiting;

  /** What became of an attempt. */
  private enum Outcome {
    TAKEN(State.DELIVERED),
    GIVEN_UP(State.DEAD),
    REFUSED_OFTEN(State.WAITING),
    LATER(State.WAITING);

    private final State state;

    Outcome(State state) {
      this.state = state;
    }

    State state() {
      return state;
    }
  }

  /** What became of it, and why it was not taken. */
  private record Sent(Outcome outcome, @Nullable String reason, int refusals) {
    Attempt at(Instant now) {
      return new Attempt(outcome.state(), reason, refusals, now);
    }
  }

  public WebhookDispatcher(
      Database database, EventTables events, EventEvidence evidence, InstantSource clock) {
    this(database, events, evidence, new HttpPost(ANSWER, clock), clock);
  }

  WebhookDispatcher(
      Database database,
      EventTables events,
      EventEvidence evidence,
      WebhookPost post,
      InstantSource clock) {
    this.webhooks = new WebhookTable(database);
    this.table = new DeliveryTable(database);
    this.events = events;
    this.evidence = evidence;
    this.post = post;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("webhooks").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** There may be something to tell. Any thread; never blocks. */
  public void wake() {
    looks.wake();
  }

  /** Deliveries that were taken. */
  public long delivered() {
    return delivered.sum();
  }

  /** Attempts that failed. */
  public long failures() {
    return failures.sum();
  }

  /** Deliveries that were given up. */
  public long dead() {
    return dead.sum();
  }

  /** Deliveries that were set aside, since they only were refused. */
  public long aside() {
    return aside.sum();
  }

  /** Deliveries that wait, as they were counted last. */
  public long waiting() {
    return waiting;
  }

  /** Counts those that wait; blocks. */
  public void count() {
    waiting = table.count(State.WAITING);
  }

  /** Forgets what was told, or given up, before; blocks. */
  public int forget(Instant toldBefore, Instant deadBefore) {
    return table.forget(toldBefore, deadBefore);
  }

  private void run() {
    while (!stopping) {
      try {
        looks.await();
        look();
      } catch (InterruptedException e) {
        return;
      } catch (DatabaseUnavailableException away) {
        LOG.debug("[webhooks] they wait: {}", away.getMessage());
      } catch (RuntimeException mistake) {
        LOG.error("[webhooks] they can not be read", mistake);
      }
    }
  }

  private void look() {
    for (UUID webhook : table.dueAside(clock.instant())) {
      if (!stopping && busyAside.add(webhook)) {
        Thread.ofVirtual().name("webhook-aside-" + webhook).start(() -> carryAside(webhook));
      }
    }
    for (UUID webhook : table.due(clock.instant())) {
      Semaphore room = rooms.computeIfAbsent(webhook, any -> new Semaphore(LINES));
      int count = room.drainPermits();
      List<Line> lines = List.of();
      try {
        if (count > 0 && !stopping) {
          lines = table.claim(webhook, clock.instant(), LEASE, count);
        }
      } finally {
        room.release(count - lines.size());
      }
      if (!lines.isEmpty()) {
        looks.found();
      }
      for (Line line : lines) {
        if (busy.add(line)) {
          Thread.ofVirtual().name("webhook-" + webhook).start(() -> carry(line, room));
        } else {
          room.release(); // it is told here, more slowly than the lease thought
        }
      }
    }
  }

  private void carry(Line line, Semaphore room) {
    try {
      boolean more = true;
      while (more && !stopping) {
        more = tell(line) && !table.rest(line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[webhooks] {} again later: {}", line, away.getMessage());
    } catch (RuntimeException mistake) {
      LOG.error("[webhooks] {} again later", line, mistake);
    } finally {
      busy.remove(line);
      room.release();
      wake();
    }
  }

  /** Whether to go on with the line at once. */
  private boolean tell(Line line) throws InterruptedException {
    Optional<Webhook> webhook = webhooks.find(line.webhook());
    if (webhook.isEmpty() || !webhook.get().enabled()) {
      return false;
    }
    for (Delivery delivery : table.waiting(line, BATCH)) {
      if (stopping || !tell(webhook.get(), delivery)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sends a message and writes down what became of it.
   *
   * @return whether the next one of the line may come
   */
  private boolean tell(Webhook webhook, Delivery delivery) throws InterruptedException {
    Sent sent = send(webhook, delivery);
    if (sent.outcome() == Outcome.REFUSED_OFTEN && takesPings(webhook)) {
      // Once more behind the ping: whoever came back just now is told in order.
      sent = send(webhook, delivery);
      if (sent.outcome() == Outcome.REFUSED_OFTEN) {
        setAside(delivery, sent);
        return true;
      }
    }
    Instant now = clock.instant();
    boolean waits = sent.outcome().state() == State.WAITING;
    Instant due = now.plus(waits ? pause(delivery.attempts()) : LEASE);
    table.attempted(delivery, sent.at(now), due);
    return !waits;
  }

  /** It is not the receiver that is away: what is behind it need not wait. */
  private void setAside(Delivery delivery, Sent sent) {
    Instant now = clock.instant();
    Attempt attempt = new Attempt(State.ASIDE, sent.reason(), sent.refusals(), now);
    table.attemptedAside(delivery, attempt, now.plus(LONGEST_PAUSE));
    aside.increment();
  }

  private boolean takesPings(Webhook webhook) throws InterruptedException {
    try {
      post.send(webhook, TimeOrderedId.next(), PING);
      return true;
    } catch (NotTakenException notTaken) {
      return false;
    }
  }

  private Sent send(Webhook webhook, Delivery delivery) throws InterruptedException {
    String reason;
    int refusals = 0;
    boolean hopeless = false;
    try {
      SafetyEvent event = events.find(delivery.event()).orElse(null);
      if (event != null) {
        post.send(webhook, delivery.id(), body(delivery, event));
        delivered.increment();
        return new Sent(Outcome.TAKEN, null, 0);
      }
      reason = "EVENT_GONE";
      hopeless = true;
    } catch (NotTakenException notTaken) {
      reason = notTaken.code();
      refusals = notTaken.refused() ? delivery.refusals() + 1 : 0;
    } catch (DatabaseUnavailableException away) {
      throw away;
    } catch (RuntimeException mistake) {
      LOG.error("[webhooks] {} can not be sent", delivery.id(), mistake);
      reason = "INTERNAL";
    }
    failures.increment();
    if (hopeless || !clock.instant().isBefore(delivery.waitsSince().plus(LIFE))) {
      dead.increment();
      return new Sent(Outcome.GIVEN_UP, reason, refusals);
    }
    return new Sent(
        refusals >= OFTEN_REFUSED ? Outcome.REFUSED_OFTEN : Outcome.LATER, reason, refusals);
  }

  /** Those of a webhook that were set aside and are due, one after the other. */
  private void carryAside(UUID id) {
    try {
      Optional<Webhook> webhook = webhooks.find(id);
      while (!stopping && webhook.isPresent()) {
        Optional<Delivery> next = table.claimAside(id, clock.instant(), LEASE);
        if (next.isEmpty()) {
          return;
        }
        Sent sent = send(webhook.get(), next.get());
        Instant now = clock.instant();
        boolean waits = sent.outcome().state() == State.WAITING;
        table.attemptedAside(
            next.get(),
            new Attempt(
                waits ? State.ASIDE : sent.outcome().state(), sent.reason(), sent.refusals(), now),
            now.plus(LONGEST_PAUSE));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[webhooks] those of {} again later: {}", id, away.getMessage());
    } catch (RuntimeException mistake) {
      LOG.error("[webhooks] those of {} again later", id, mistake);
    } finally {
      busyAside.remove(id);
    }
  }

  /** Doubled each time, and a little apart from those of other lines. */
  private static Duration pause(int attemptsBefore) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attemptsBefore, MOST_DOUBLINGS));
    Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    long spread = ThreadLocalRandom.current().nextLong(bounded.toMillis() / 4);
    return bounded.minusMillis(spread);
  }

  /** The same as over the WebSocket, with the event as it is now. */
  private String body(Delivery delivery, SafetyEvent event) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "event." + delivery.what().label());
    body.put("number", delivery.number());
    body.set("event", EventJson.of(event, evidence.of(event.id())));
    return body.toString();
  }

  /** What is being sent may be sent once more after the next start. */
  @Override
  public void close() {
    stopping = true;
    looks.wake();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
      post.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
