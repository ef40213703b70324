package io.roadcast.jtt.jsatl12;

import io.roadcast.jtt.jt808.AlarmIdentifier;
import io.roadcast.jtt.jt808.BodyReader;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.jt808.SafetyVariant;
import io.roadcast.jtt.jt808.TerminalTime;

/**
 * Where and when a safety alarm was, and what joins it to its files.
 *
 * @param speed km/h
 * @param altitude metres
 * @param latitudeMicros millionths of a degree without sign, which is in the report's status
 * @param longitudeMicros millionths of a degree without sign, which is in the report's status
 * @param vehicleStatus bits: 0 ACC, 1 left, 2 right, 3 wiper, 4 brake, 5 card inserted, 10
 *     positioned
 */
public record AlarmPlace(
    int speed,
    int altitude,
    long latitudeMicros,
    long longitudeMicros,
    TerminalTime time,
    int vehicleStatus,
    AlarmIdentifier identifier) {
  static AlarmPlace read(BodyReader in, SafetyVariant variant) throws MalformedMessageException {
    return new AlarmPlace(
        in.u8(),
        in.u16(),
        in.u32(),
        in.u32(),
        in.time(),
        in.u16(),
        new AlarmIdentifier(in.bytes(variant.identifierBytes())));
  }
}
