package io.roadcast.events;

import org.jspecify.annotations.Nullable;

/**
 * Where, and how fast.
 *
 * @param latitude degrees, south is negative
 * @param longitude degrees, west is negative
 * @param altitude metres
 * @param speed km/h
 * @param direction degrees, 0 is north, clockwise
 */
public record EventPlace(
    double latitude,
    double longitude,
    @Nullable Integer altitude,
    @Nullable Double speed,
    @Nullable Integer direction) {
  public EventPlace {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
      throw new IllegalArgumentException("no place: " + latitude + ", " + longitude);
    }
  }
}
