package io.roadcast.signaling.terminal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.access.Action;
import io.roadcast.jtt.jt1078.UplinkTotals.Sums;
import io.roadcast.jtt.live.TerminalUplinks;
import io.roadcast.signaling.fleet.TerminalReference;
import io.roadcast.signaling.fleet.TerminalReference.Named;
import io.roadcast.signaling.http.RouteSet;
import java.util.List;
import java.util.SortedMap;

/** How the media of a terminal came in, its gaps added up. */
final class UplinkRoute {
  private final TerminalUplinks uplinks;
  private final TerminalReference reference;
  private final RouteSet.Tools tools;

  /** All channels together, and each. */
  record UplinkView(@JsonUnwrapped Sums all, List<ChannelView> channels) {
    static UplinkView of(SortedMap<Integer, Sums> channels) {
      return new UplinkView(
          channels.values().stream().reduce(Sums.NONE, Sums::plus),
          channels.entrySet().stream()
              .map(each -> new ChannelView(each.getKey(), each.getValue()))
              .toList());
    }
  }

  record ChannelView(int channel, @JsonUnwrapped Sums sums) {}

  UplinkRoute(TerminalUplinks uplinks, TerminalReference reference, RouteSet.Tools tools) {
    this.uplinks = uplinks;
    this.reference = reference;
    this.tools = tools;
  }

  void install(RoutesConfig routes) {
    routes.get("/api/v1/terminals/{id}/uplink", this::show);
  }

  private void show(Context ctx) {
    String digits =
        switch (reference.require(ctx, Action.VIEW_FLEET)) {
          case Named.Adopted(Terminal terminal) -> NamedTerminals.called(terminal).digits();
          case Named.Unadopted(var unknown) -> unknown.digits();
        };
    ctx.result(tools.json().write(UplinkView.of(uplinks.channels(digits))));
    ctx.contentType("application/json");
  }
}
