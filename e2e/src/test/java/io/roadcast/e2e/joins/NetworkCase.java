package io.roadcast.e2e.joins;

import io.roadcast.e2e.joins.MediaRelay.Way;
import java.util.ArrayList;
import java.util.List;

/**
 * A bad network, what is sent through it, and what must come out.
 *
 * @param sub whether the camera's sub-stream is there too
 * @param blackoutMillis in the middle of the view nothing comes through for so long; 0 for never
 * @param bounds that must hold
 */
record NetworkCase(Way way, Sub sub, int blackoutMillis, int viewMillis, List<Bound> bounds) {
  enum Sub {
    ABSENT,
    LIVE
  }

  /** What must hold of a {@link NetworkView}. */
  enum Bound {
    /** No freeze over 1 s, and 95 % of the pictures. */
    SMOOTH,
    /** Live again within 2 s after a blackout. */
    BACK_SOON,
    /** What is shown is never older than 1 s once the path is known. */
    NOT_LATE
  }

  private static final int USUAL_VIEW = 25_000;

  /** A narrow path has to be found narrow, and the sub-stream has to be found fitting. */
  private static final int LONG_VIEW = 45_000;

  private static final int[] ROUND_TRIPS = {20, 100, 300};
  private static final int[] LOSSES = {2, 5, 10};

  String name() {
    return (way == Way.CLEAN ? "clean" : way.toString())
        + (blackoutMillis == 0 ? "" : ", " + blackoutMillis / 1000 + " s nothing")
        + (sub == Sub.LIVE ? ", sub-stream" : "");
  }

  static List<NetworkCase> all() {
    List<NetworkCase> cases = new ArrayList<>();
    cases.add(of(Way.CLEAN, Bound.SMOOTH));
    for (int loss : LOSSES) {
      for (int roundTrip : ROUND_TRIPS) {
        Way way = new Way(roundTrip / 2, 0, loss);
        cases.add(loss <= 5 && roundTrip <= 100 ? of(way, Bound.SMOOTH) : of(way));
      }
    }
    cases.add(of(new Way(50, 20, 0)));
    cases.add(
        new NetworkCase(
            new Way(20, 0, 0), Sub.ABSENT, 5_000, USUAL_VIEW, List.of(Bound.BACK_SOON)));
    for (int kilobits : new int[] {2_000, 1_000, 500}) {
      for (Sub sub : Sub.values()) {
        Way way = new Way(25, 0, 0).limited(kilobits);
        cases.add(new NetworkCase(way, sub, 0, LONG_VIEW, List.of(Bound.NOT_LATE)));
      }
    }
    return cases;
  }

  private static NetworkCase of(Way way, Bound... bounds) {
    return new NetworkCase(way, Sub.ABSENT, 0, USUAL_VIEW, List.of(bounds));
  }
}
