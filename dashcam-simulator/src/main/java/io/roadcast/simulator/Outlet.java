package io.roadcast.simulator;

import java.util.List;

/** The channels that one source feeds. */
record Outlet(List<Place> places) {
  /** One channel on one connection. */
  record Place(Uplink uplink, int channel) {}

  Outlet {
    places = List.copyOf(places);
  }

  void offer(Item item) {
    for (Place place : places) {
      place.uplink.offer(item, place.channel);
    }
  }
}
