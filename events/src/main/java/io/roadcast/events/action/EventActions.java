package io.roadcast.events.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roadcast.events.SafetyEvent;
import io.roadcast.events.action.TaskTable.Task;
import io.roadcast.events.store.EventTables;
import io.roadcast.events.store.LookTimer;
import io.roadcast.fleet.database.Database;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what rules ask for: each task on a virtual thread, again with growing pauses if it did not
 * work, also after a restart. One thread looks for tasks.
 */
public final class EventActions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventActions.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration STALE = Duration.ofMinutes(2);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 64;
  private static final int MOST_ATTEMPTS = 8;

  private final TaskTable table;
  private final EventTables events;
  private final Doers doers;
  private final InstantSource clock;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final LookTimer looks = new LookTimer(LOOK);
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final Thread thread;
  private volatile boolean stopping;

  /** Those who do it. */
  public record Doers(
      AttachmentRequests attachments,
      ClipMaker clips,
      RecordingRequests recordings,
      DriverTexts texts) {}

  public EventActions(Database database, EventTables events, Doers doers, InstantSource clock) {
    this.table = new TaskTable(database);
    this.events = events;
    this.doers = doers;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("event-actions").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** There may be something to do. Any thread; never blocks. */
  public void wake() {
    looks.wake();
  }

  /** Tasks that were done. */
  public long done() {
    return done.sum();
  }

  /** Tasks that were given up. */
  public long failed() {
    return failed.sum();
  }

  /** Forgets what was done before. */
  public int forgetBefore(Instant time) {
    return table.forgetBefore(time);
  }

  private void run() {
    while (!stopping) {
      try {
        look();
      } catch (InterruptedException e) {
        return;
      } catch (DatabaseUnavailableException away) {
        LOG.debug("[events] tasks wait: {}", away.getMessage());
      } catch (RuntimeException mistake) {
        LOG.error("[events] tasks can not be read", mistake);
      }
    }
  }

  private void look() throws InterruptedException {
    looks.await();
    List<Task> tasks;
    do {
      room.acquire();
      int count = 1 + room.drainPermits();
      tasks = List.of();
      try {
        tasks = stopping ? List.of() : table.claim(clock.instant(), PATIENCE, count);
      } finally {
        room.release(count - tasks.size());
      }
      if (!tasks.isEmpty()) {
        looks.found();
      }
      for (Task task : tasks) {
        Thread.ofVirtual().name("event-task-" + task.id()).start(() -> carryOut(task));
      }
    } while (!tasks.isEmpty());
  }

  private void carryOut(Task task) {
    try {
      String reason = attempt(task);
      table.finish(task.id(), "done", reason.isEmpty() ? null : reason);
      done.increment();
    } catch (ActionFailedException failure) {
      failed(task, failure);
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[events] {} again later: {}", task.id(), away.getMessage());
    } catch (RuntimeException | JsonProcessingException mistake) {
      LOG.error("[events] {} of {} failed", task.action(), task.event(), mistake);
      failed(task, ActionFailedException.never("INTERNAL"));
    } finally {
      room.release();
    }
  }

  /** Returns why nothing was done, or an empty text. */
  private String attempt(Task task) throws ActionFailedException, JsonProcessingException {
    SafetyEvent event = events.find(task.event()).orElse(null);
    if (event == null) {
      return "EVENT_GONE";
    }
    ActionKind kind = ActionKind.ofLabel(task.action());
    boolean stale = event.backlog() || event.at().plus(STALE).isBefore(clock.instant());
    if (kind.live() && stale) {
      return "TOO_LATE";
    }
    JsonNode arguments = JSON.readTree(task.arguments());
    switch (kind) {
      case ATTACHMENTS -> doers.attachments().ask(event);
      case CLIP ->
          doers
              .clips()
              .cut(
                  event,
                  channels(arguments),
                  event.at().minusSeconds(arguments.path("before_s").asLong()),
                  event.at().plusSeconds(arguments.path("after_s").asLong()));
      case RECORD ->
          doers
              .recordings()
              .record(
                  event,
                  channels(arguments),
                  Duration.ofSeconds(arguments.path("length_s").asLong()));
      case TEXT -> doers.texts().tell(event, arguments.path("text").asText(), task.id().toString());
    }
    return "";
  }

  private static Set<Integer> channels(JsonNode arguments) {
    Set<Integer> channels = new HashSet<>();
    arguments.path("channels").forEach(channel -> channels.add(channel.asInt()));
    return channels;
  }

  private void failed(Task task, ActionFailedException failure) {
    try {
      if (failure.mayWorkLater() && task.attempts() < MOST_ATTEMPTS) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (task.attempts() - 1));
        table.again(task.id(), failure.code(), clock.instant().plus(pause));
      } else {
        table.finish(task.id(), "failed", failure.code());
        failed.increment();
      }
    } catch (DatabaseUnavailableException away) {
      LOG.debug("[events] {} again later: {}", task.id(), away.getMessage());
    }
  }

  @Override
  public void close() {
    stopping = true;
    looks.wake();
    try {
      if (thread.isAlive() && !thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
