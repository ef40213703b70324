package io.roadcast.simulator.alarm;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationItem;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Decides when one terminal raises which alarm, and remembers those whose files may be asked for.
 * Used by one thread, its terminal's; {@link #raise} by any.
 */
public final class AlarmClock {
  private static final Duration FIRST = Duration.ofSeconds(6);

  /** How long flags stay set; longer than reports are apart. */
  private static final Duration HELD = Duration.ofSeconds(6);

  private static final int BURST = 20;
  private static final int REMEMBERED = 400;
  private static final int MOVING_TENTHS = 200;

  /** As often as they stand here. */
  private static final List<String> ON_THE_ROAD =
      List.of(
          "adas.lane_departure",
          "adas.lane_departure",
          "adas.headway",
          "adas.headway",
          "adas.forward_collision",
          "adas.pedestrian",
          "dsm.fatigue",
          "dsm.phone",
          "dsm.phone",
          "dsm.distraction",
          "dsm.smoking",
          "bsd.left",
          "bsd.right",
          "driving.braking",
          "tpms.slow_leak",
          "alarm.overspeed_warning");

  private final AlarmPlan plan;
  private final String terminalId;
  private final Random random;
  private final ConcurrentLinkedQueue<AlarmKind> wanted = new ConcurrentLinkedQueue<>();
  private final Map<AlarmKind, Instant> held = new HashMap<>();
  private final Map<AlarmIdentifier, RaisedAlarm> raised = new LinkedHashMap<>();
  private Instant next;
  private int turn;
  private long lastId;
  private long second;
  private int sequence;

  public AlarmClock(AlarmPlan plan, String terminalId, long seed, Instant now) {
    this.plan = plan;
    this.terminalId = terminalId;
    random = new Random(seed);
    next = now.plus(FIRST).plusMillis(random.nextInt((int) plan.interval().toMillis()) / 2);
  }

  /** With the terminal's next turn. */
  public void raise(AlarmKind kind) {
    wanted.add(kind);
  }

  /** The alarms of this moment; each is a report of its own. */
  public List<RaisedAlarm> due(Instant now, Location at) {
    List<RaisedAlarm> alarms = new ArrayList<>();
    for (AlarmKind kind = wanted.poll(); kind != null; kind = wanted.poll()) {
      alarms.add(make(kind, now, at));
    }
    if (plan.pace() != AlarmPlan.Pace.NONE && !now.isBefore(next)) {
      next = now.plus(pause());
      int count = plan.faults().contains(AlarmPlan.Fault.BURST) ? BURST : 1;
      for (int i = 0; i < count; i++) {
        chosen(at).map(kind -> make(kind, now, at)).ifPresent(alarms::add);
      }
    }
    return alarms;
  }

  private Duration pause() {
    double share = plan.pace() == AlarmPlan.Pace.NATURAL ? 0.4 + 1.2 * random.nextDouble() : 1;
    return Duration.ofMillis(Math.max(1, Math.round(plan.interval().toMillis() * share)));
  }

  private Optional<AlarmKind> chosen(Location at) {
    if (plan.pace() == AlarmPlan.Pace.EVERY) {
      List<AlarmKind> all = AlarmKind.all(plan.variant());
      return Optional.of(all.get(turn++ % all.size()));
    }
    return at.speedTenths() < MOVING_TENTHS
        ? Optional.empty()
        : AlarmKind.named(plan.variant(), ON_THE_ROAD.get(random.nextInt(ON_THE_ROAD.size())));
  }

  private RaisedAlarm make(AlarmKind kind, Instant now, Location at) {
    if (!kind.family().hasFiles()) {
      held.put(kind, now.plus(HELD));
      return new RaisedAlarm(kind, now, at, null, null);
    }
    sequence = second == at.time().bcd() ? sequence + 1 : 0;
    second = at.time().bcd();
    AlarmIdentifier identifier =
        AlarmItems.identifier(
            plan.variant(), terminalId, at.time(), sequence & 0xff, AlarmFolder.count(kind));
    LocationItem item = AlarmItems.item(kind, ++lastId, 0, at, identifier, random);
    RaisedAlarm alarm = new RaisedAlarm(kind, now, at, identifier, item);
    raised.put(identifier, alarm);
    if (raised.size() > REMEMBERED) {
      raised.remove(raised.keySet().iterator().next());
    }
    return alarm;
  }

  /** Alarm flags that hold at this moment. */
  public long flags(Instant now) {
    return bits(AlarmFamily.FLAG, now);
  }

  /** Items of the video alarms that hold at this moment; none if none does. */
  public List<LocationItem> videoItems(Instant now) {
    long bits = bits(AlarmFamily.VIDEO, now);
    if (bits == 0) {
      return List.of();
    }
    List<LocationItem> items = new ArrayList<>();
    items.add(new LocationItem(0x14, number(4, bits)));
    if ((bits & 1) != 0) {
      items.add(new LocationItem(0x15, number(4, 1)));
    }
    if ((bits & 2) != 0) {
      items.add(new LocationItem(0x16, number(4, 2)));
    }
    if ((bits & 4) != 0) {
      items.add(new LocationItem(0x17, number(2, 1)));
    }
    if ((bits & 32) != 0) {
      items.add(new LocationItem(0x18, number(2, 1)));
    }
    return items;
  }

  private long bits(AlarmFamily family, Instant now) {
    held.values().removeIf(end -> end.isBefore(now));
    return held.keySet().stream()
        .filter(kind -> kind.family() == family)
        .mapToLong(kind -> 1L << kind.code())
        .reduce(0, (one, other) -> one | other);
  }

  private static Bytes number(int bytes, long value) {
    byte[] all = ByteBuffer.allocate(8).putLong(value).array();
    return Bytes.of(all, 8 - bytes, bytes);
  }

  /** An alarm that was raised, by its identifier. */
  public Optional<RaisedAlarm> raised(AlarmIdentifier identifier) {
    return Optional.ofNullable(raised.get(identifier));
  }

  public AlarmPlan plan() {
    return plan;
  }
}
