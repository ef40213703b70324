package io.roadcast.jtt.safety;

import io.roadcast.events.EventOwner;
import io.roadcast.events.EventPlace;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.TerminalTime;
import io.roadcast.jtt.position.LocationEntry.Located;
import io.roadcast.jtt.position.Ownership;
import io.roadcast.jtt.position.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** The location report around an alarm. */
record ReportContext(Located located, EventOwner owner) {
  /** An alarm that is so much older than its report was kept by the terminal. */
  private static final Duration HELD_BACK = Duration.ofMinutes(10);

  private static final Duration OLDEST = Duration.ofDays(3650);

  /** When an alarm was; {@code backlog} if it is old. */
  record Moment(Instant at, boolean backlog) {}

  static ReportContext of(Located located, Ownership.Owner owner) {
    return new ReportContext(
        located, new EventOwner(owner.terminal(), owner.vehicle(), null, owner.organization()));
  }

  Position position() {
    return located.position();
  }

  Location location() {
    return located.report().location();
  }

  /** Where the report was made; null if the terminal did not know. */
  @Nullable EventPlace place() {
    Position position = position();
    return position.positioned() && plausible(position.latitude(), position.longitude())
        ? new EventPlace(
            position.latitude(),
            position.longitude(),
            position.altitude(),
            position.speed(),
            position.direction())
        : null;
  }

  static boolean plausible(double latitude, double longitude) {
    return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  }

  /** The moment of an alarm by its own time, seen from the report's, whose moment is known best. */
  Moment moment(TerminalTime alarm) {
    Position position = position();
    LocalDateTime own = alarm.local().orElse(null);
    LocalDateTime reported = position.deviceTime();
    if (own == null || reported == null) {
      return new Moment(position.at(), position.backlog());
    }
    Duration earlier = Duration.between(own, reported);
    if (earlier.isNegative()) {
      Instant later = position.at().minus(earlier);
      boolean possible = !later.isAfter(position.receivedAt());
      return new Moment(possible ? later : position.at(), position.backlog());
    }
    if (earlier.compareTo(OLDEST) > 0) {
      return new Moment(position.at(), position.backlog());
    }
    boolean old = earlier.compareTo(HELD_BACK) > 0;
    return new Moment(position.at().minus(earlier), position.backlog() || old);
  }
}
