package io.roadcast.events.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roadcast.events.EventJson;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.store.EventEvidence;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.webhook.Delivery.State;
import io.roadcast.events.webhook.DeliveryTable.Line;
import io.roadcast.events.webhook.WebhookPost.NotTakenException;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks what waits for them: each line, of a webhook and a terminal, on a virtual thread
 * and in order; what is not taken is sent again with growing pauses, and holds up its own line
 * only. A day later it is given up and kept. One thread looks for lines that are due.
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

  private final WebhookTable webhooks;
  private final DeliveryTable table;
  private final EventTables events;
  private final EventEvidence evidence;
  private final WebhookPost post;
  private final InstantSource clock;
  private final Map<UUID, Semaphore> rooms = new ConcurrentHashMap<>();
  private final Set<Line> busy = ConcurrentHashMap.newKeySet();
  private final Semaphore wakes = new Semaphore(0);
  private final LongAdder delivered = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder dead = new LongAdder();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long waiting;

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
    if (wakes.availablePermits() == 0) {
      wakes.release();
    }
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
        wakes.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        wakes.drainPermits();
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

  /** Whether the next one of the line may follow. */
  private boolean tell(Webhook webhook, Delivery delivery) throws InterruptedException {
    String reason;
    boolean hopeless = false;
    try {
      SafetyEvent event = events.find(delivery.event()).orElse(null);
      if (event != null) {
        post.send(webhook, delivery.id(), body(delivery, event));
        end(delivery, State.DELIVERED, null);
        delivered.increment();
        return true;
      }
      reason = "EVENT_GONE";
      hopeless = true;
    } catch (NotTakenException notTaken) {
      reason = String.valueOf(notTaken.getMessage());
    } catch (DatabaseUnavailableException away) {
      throw away;
    } catch (RuntimeException mistake) {
      LOG.error("[webhooks] {} can not be sent", delivery.id(), mistake);
      reason = "INTERNAL";
    }
    failures.increment();
    Instant now = clock.instant();
    if (hopeless || !now.isBefore(delivery.waitsSince().plus(LIFE))) {
      end(delivery, State.DEAD, reason);
      dead.increment();
      return true;
    }
    table.attempted(delivery, State.WAITING, reason, now, now.plus(pause(delivery.attempts())));
    return false;
  }

  private void end(Delivery delivery, State state, @Nullable String reason) {
    Instant now = clock.instant();
    table.attempted(delivery, state, reason, now, now.plus(LEASE));
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
    wakes.release();
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
