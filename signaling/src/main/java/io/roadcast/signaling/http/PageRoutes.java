package io.roadcast.signaling.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** What the web page asks for when it starts. Anybody with a credential may. */
public final class PageRoutes {
  private final PageSettings settings;
  private final Gate gate;
  private final Json json;

  record PageView(MapView map, int openAtStart) {}

  record MapView(@Nullable String tileUrl, @Nullable String attribution) {}

  public PageRoutes(PageSettings settings, Gate gate, Json json) {
    this.settings = settings;
    this.gate = gate;
    this.json = json;
  }

  public void install(RoutesConfig routes) {
    routes.get("/api/v1/page", this::show);
  }

  private void show(Context ctx) {
    gate.identify(ctx);
    MapView map =
        new MapView(
            settings.tileUrl().isEmpty() ? null : settings.tileUrl(),
            settings.attribution().isEmpty() ? null : settings.attribution());
    StreamRoutes.answer(ctx, json.write(new PageView(map, settings.openAtStart())));
  }
}
