package io.roadcast.signaling.fleet;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.Channel;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.store.Channels;
import io.roadcast.signaling.fleet.FleetRequest.Subject;
import io.roadcast.signaling.fleet.FleetViews.ChannelList;
import io.roadcast.signaling.fleet.TerminalReference.Named;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.io.IOException;
import java.util.List;

/** The cameras of a terminal. */
final class ChannelRoutes {
  private static final String PATH = "/api/v1/terminals/{id}/channels";

  private final Channels channels;
  private final TerminalReference reference;
  private final FleetViews views;
  private final FleetRequest request;

  ChannelRoutes(
      Channels channels, TerminalReference reference, FleetViews views, FleetRequest request) {
    this.channels = channels;
    this.reference = reference;
    this.views = views;
    this.request = request;
  }

  void install(RoutesConfig routes) {
    routes.get(PATH, this::list);
    routes.put(PATH + "/{channel}", this::put);
    routes.delete(PATH + "/{channel}", this::remove);
  }

  private void list(Context ctx) {
    ChannelList found =
        switch (reference.require(ctx, Action.VIEW_FLEET)) {
          case Named.Adopted(Terminal terminal) ->
              new ChannelList(
                  views.allChannels(FleetViews.digits(terminal), channels.of(terminal.id())));
          case Named.Unadopted(var unknown) ->
              new ChannelList(views.allChannels(unknown.digits(), List.of()));
        };
    request.answer(ctx, found);
  }

  private void put(Context ctx) throws IOException {
    Terminal terminal = reference.requireAdopted(ctx, Action.CHANGE_FLEET);
    int number = number(ctx);
    Long version = FleetRequest.version(ctx);
    Fields fields = request.optionalFields(ctx);
    Channel channel =
        request.audited(
            ctx,
            subject("channel.change", terminal, number),
            () -> channels.put(terminal.id(), number, version, fields.text("name", null)),
            made -> terminal.id() + "/" + made.number());
    request.answer(ctx, channel.revision(), views.channel(FleetViews.digits(terminal), channel));
  }

  private void remove(Context ctx) {
    Terminal terminal = reference.requireAdopted(ctx, Action.CHANGE_FLEET);
    int number = number(ctx);
    Long version = FleetRequest.version(ctx);
    request.audited(
        ctx,
        subject("channel.remove", terminal, number),
        () -> channels.remove(terminal.id(), number, version));
    ctx.status(204);
  }

  private static Subject subject(String action, Terminal terminal, int number) {
    return new Subject(action, "channel", terminal.organization(), terminal.id() + "/" + number);
  }

  private static int number(Context ctx) {
    try {
      int number = Integer.parseInt(ctx.pathParam("channel"));
      if (number >= 0 && number <= Channel.MAX_NUMBER) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ApiException(
        ErrorCode.CHANNEL_NOT_FOUND, "A channel is a number from 0 to " + Channel.MAX_NUMBER + ".");
  }
}
