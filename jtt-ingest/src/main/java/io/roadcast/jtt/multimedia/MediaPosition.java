package io.roadcast.jtt.multimedia;

import io.roadcast.jtt.jt808.Location;

/**
 * Where a terminal was when it made a file, as the file's own message says.
 *
 * @param latitude degrees, south is negative
 * @param longitude degrees, west is negative
 * @param altitude metres
 * @param speed km/h
 * @param direction degrees, 0 is north, clockwise
 * @param positioned false if the terminal did not know where it was and repeats an older place
 */
public record MediaPosition(
    double latitude,
    double longitude,
    int altitude,
    double speed,
    int direction,
    boolean positioned) {
  static MediaPosition of(Location location) {
    return new MediaPosition(
        location.latitude(),
        location.longitude(),
        location.altitude(),
        location.speed(),
        location.direction(),
        location.positioned());
  }
}
