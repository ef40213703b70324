package io.roadcast.simulator.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {
  private static final double METRES_PER_DEGREE = 111_320;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 17, 500})
  void isAClosedLoopWithoutJumpsNearItsCity(int seed) {
    Route route = Route.around(22.54, 114.06, seed);
    assertThat(route.length()).isBetween(6_000.0, 60_000.0);
    Route.Place before = route.at(-10);
    for (double metres = 0; metres < route.length() + 20; metres += 10) {
      Route.Place here = route.at(metres);
      assertThat(metresBetween(before, here)).isBetween(6.0, 10.01);
      assertThat(Math.abs(here.latitude() - 22.54) * METRES_PER_DEGREE).isLessThan(6_000);
      assertThat(here.direction()).isBetween(0, 359);
      before = here;
    }
    assertThat(metresBetween(route.at(0), route.at(route.length()))).isLessThan(0.01);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void directionIsTheWayItGoes(int scene) {
    Route route = Route.ofScene(scene);
    for (double metres = 0; metres < route.length(); metres += 97) {
      Route.Place here = route.at(metres);
      Route.Place next = route.at(metres + 0.5);
      if (here.direction() != next.direction()) {
        continue;
      }
      double north = next.latitude() - here.latitude();
      double east =
          (next.longitude() - here.longitude()) * Math.cos(Math.toRadians(here.latitude()));
      double heading = (Math.toDegrees(Math.atan2(east, north)) + 360) % 360;
      double off = Math.abs(heading - here.direction());
      assertThat(Math.min(off, 360 - off)).isLessThan(1);
    }
  }

  private static double metresBetween(Route.Place one, Route.Place other) {
    double east = (other.longitude() - one.longitude()) * Math.cos(Math.toRadians(one.latitude()));
    return METRES_PER_DEGREE * Math.hypot(other.latitude() - one.latitude(), east);
  }
}
