package io.roadcast.signaling.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.jtt.live.ChannelControls;
import io.roadcast.jtt.live.ControlResult;
import io.roadcast.sfu.router.Quality;
import io.roadcast.sfu.router.StreamId;
import io.roadcast.signaling.fleet.ChannelStreamView;
import io.roadcast.signaling.fleet.TerminalStates;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.MediaTypes;
import io.roadcast.signaling.http.RequestBody;
import io.roadcast.signaling.http.RouteSet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Pauses, resumes and switches what a channel sends to all who watch it. */
final class ChannelControlRoute {
  /** The terminal's time to answer ends earlier. */
  private static final Duration PATIENCE = Duration.ofSeconds(70);

  private static final int MAX_CHANNEL = 255;

  private final ChannelControls controls;
  private final TerminalStates states;
  private final NamedTerminals terminals;
  private final RouteSet.Tools tools;
  private final Audit audit;

  /**
   * What a body asks for.
   *
   * @param quality of the stream that is to be changed
   * @param to the encoding that is to be sent, for a switch
   */
  private record Wish(String action, Quality quality, Quality to) {}

  ChannelControlRoute(
      ChannelControls controls,
      TerminalStates states,
      FleetRecords records,
      NamedTerminals terminals,
      RouteSet.Tools tools) {
    this.controls = controls;
    this.states = states;
    this.terminals = terminals;
    this.tools = tools;
    this.audit = new Audit(records, tools.gate());
  }

  void install(RoutesConfig routes) {
    routes.post("/api/v1/terminals/{id}/channels/{channel}/control", this::control);
  }

  private void control(Context ctx) throws IOException {
    NamedTerminals.Called terminal = terminals.require(ctx, Action.COMMAND_TERMINALS);
    int channel = channel(ctx);
    Wish wish = wish(ctx);
    StreamId stream = StreamId.ofTerminal(terminal.digits(), channel, wish.quality);
    CompletionStage<ControlResult> answer =
        switch (wish.action) {
          case "pause" -> controls.pause(stream);
          case "resume" -> controls.resume(stream);
          case "switch" -> controls.switchTo(stream, wish.to);
          default -> throw invalid("\"action\" is pause, resume or switch.");
        };
    audit.done(
        ctx,
        "channel." + wish.action,
        new Audit.Subject(terminal.organization(), "channel", stream.name()),
        wish.quality.label());
    check(await(answer));
    ctx.result(tools.json().write(ChannelStreamView.of(stream, states.channel(stream))));
    ctx.contentType("application/json");
  }

  private static void check(ControlResult result) {
    switch (result) {
      case DONE -> {}
      case NOT_LIVE ->
          throw new ApiException(
              ErrorCode.CHANNEL_NOT_LIVE, "The terminal sends nothing of it that was asked for.");
      case OTHER_QUALITY_BUSY ->
          throw new ApiException(
              ErrorCode.CHANNEL_BUSY,
              "Both qualities of the channel are asked for; the terminal would change both.");
      case REFUSED ->
          throw new ApiException(ErrorCode.TERMINAL_REFUSED, "The terminal was told and refused.");
      case SILENT ->
          throw new ApiException(
              ErrorCode.COMMAND_TIMED_OUT, "The terminal has not answered in time.");
      case OFFLINE ->
          throw new ApiException(ErrorCode.TERMINAL_OFFLINE, "The terminal is not connected.");
    }
  }

  private static ControlResult await(CompletionStage<ControlResult> answer) {
    try {
      return answer.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return ControlResult.SILENT;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a channel's control failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ControlResult.SILENT;
    }
  }

  private static int channel(Context ctx) {
    try {
      int number = Integer.parseInt(ctx.pathParam("channel"));
      if (number >= 0 && number <= MAX_CHANNEL) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ApiException(
        ErrorCode.CHANNEL_NOT_FOUND, "A channel is a number from 0 to " + MAX_CHANNEL + ".");
  }

  private Wish wish(Context ctx) throws IOException {
    if (!MediaTypes.is(ctx.contentType(), "application/json")) {
      throw new ApiException(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type: application/json is expected here.");
    }
    byte[] bytes = tools.bodies().read(ctx, RequestBody.MAX_JSON_BYTES);
    JsonNode body = tools.json().readObject(bytes, ErrorCode.INVALID_BODY);
    String action = body.path("action").asText();
    Quality quality = quality(body, "quality");
    if (action.equals("switch") && !body.has("to")) {
      throw invalid("\"to\" is \"main\" or \"sub\".");
    }
    return new Wish(action, quality, quality(body, "to"));
  }

  private static Quality quality(JsonNode body, String member) {
    try {
      return Quality.ofLabel(body.path(member).asText("main"));
    } catch (IllegalArgumentException e) {
      throw invalid("\"" + member + "\" is \"main\" or \"sub\".");
    }
  }

  private static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID_BODY, detail);
  }
}
