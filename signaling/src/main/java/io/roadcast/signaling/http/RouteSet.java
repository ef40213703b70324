package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;

/** Routes of a part of the server, besides those that every server has. */
@FunctionalInterface
public interface RouteSet {
  /**
   * What all routes work with.
   *
   * @param gate asks who it is and whether they may
   */
  record Tools(Gate gate, RequestBody bodies, Json json) {}

  /** Called once, before the ports are opened. */
  void install(RoutesConfig routes, Tools tools);
}
