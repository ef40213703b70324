package io.roadcast.simulator.alarm;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that was raised.
 *
 * @param identifier null if it has none
 * @param item of the location report; null if it is a flag
 */
public record RaisedAlarm(
    AlarmKind kind,
    Instant at,
    Location location,
    @Nullable AlarmIdentifier identifier,
    @Nullable LocationItem item) {}
