package io.roadcast.signaling.fleet;

import io.javalin.http.Context;
import io.roadcast.fleet.IdentityResolver;
import io.roadcast.fleet.Resolution;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.TerminalDigits;
import io.roadcast.fleet.UnknownTerminal;
import io.roadcast.fleet.access.Action;
import io.roadcast.fleet.access.Resource;
import io.roadcast.fleet.database.DatabaseUnavailableException;
import io.roadcast.fleet.store.FleetRecords;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import io.roadcast.signaling.http.Gate;
import java.util.Optional;
import java.util.UUID;

/** Finds the terminal that a path or body names: by its id, or by one of its numbers. */
public final class TerminalReference {
  private final FleetRecords records;
  private final Gate gate;

  /** A terminal, or one that nobody has adopted yet. */
  public sealed interface Named {
    record Adopted(Terminal terminal) implements Named {}

    record Unadopted(UnknownTerminal terminal) implements Named {}
  }

  public TerminalReference(FleetRecords records, Gate gate) {
    this.records = records;
    this.gate = gate;
  }

  /**
   * The terminal of {@code {id}}, if the asker may do that to it.
   *
   * @throws ApiException UNAUTHENTICATED, FORBIDDEN, TERMINAL_NOT_FOUND, TERMINAL_AMBIGUOUS
   */
  public Named require(Context ctx, Action action) {
    gate.identify(ctx);
    return gate.requireFound(
        ctx,
        action,
        find(ctx.pathParam("id")),
        TerminalReference::resource,
        TerminalReference::missing);
  }

  private static Resource resource(Named named) {
    return switch (named) {
      case Named.Adopted(Terminal terminal) ->
          Resource.terminal(digits(terminal), terminal.organization());
      case Named.Unadopted unadopted -> Resource.whole();
    };
  }

  /**
   * The same for what only an adopted terminal has.
   *
   * @throws ApiException TERMINAL_NOT_FOUND also for one that nobody has adopted
   */
  public Terminal requireAdopted(Context ctx, Action action) {
    return switch (require(ctx, action)) {
      case Named.Adopted(Terminal terminal) -> terminal;
      case Named.Unadopted unadopted ->
          throw new ApiException(
              ErrorCode.TERMINAL_NOT_FOUND, "Nobody has adopted this terminal yet.");
    };
  }

  /**
   * The id of a terminal that is known.
   *
   * @param text an id or a number
   */
  UUID idOf(String text) {
    return Fields.asUuid(text)
        .orElseGet(() -> byNumber(text).orElseThrow(TerminalReference::missing));
  }

  private Optional<Named> find(String text) {
    Optional<UUID> id = Fields.asUuid(text).or(() -> byNumber(text));
    if (id.isPresent()) {
      Optional<Named> adopted = records.terminals().find(id.get()).<Named>map(Named.Adopted::new);
      return adopted.or(
          () -> records.unknownTerminals().find(id.get()).<Named>map(Named.Unadopted::new));
    }
    return TerminalDigits.of(text)
        .flatMap(digits -> records.unknownTerminals().find(digits))
        .map(Named.Unadopted::new);
  }

  private Optional<UUID> byNumber(String text) {
    IdentityResolver identities = records.identities();
    if (!identities.loaded()) {
      throw new DatabaseUnavailableException("the terminals were not read yet");
    }
    Optional<String> digits = TerminalDigits.of(text);
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    return switch (identities.byNumber(digits.get())) {
      case Resolution.Known(var terminal) -> Optional.of(terminal.id());
      case Resolution.Unknown unknown -> Optional.empty();
      case Resolution.Ambiguous(var terminals) ->
          throw new ApiException(
              ErrorCode.TERMINAL_AMBIGUOUS,
              "This number is that of " + terminals.size() + " terminals; name it by its id.");
    };
  }

  private static String digits(Terminal terminal) {
    String digits = FleetViews.digits(terminal);
    return digits == null ? terminal.id().toString() : digits;
  }

  private static ApiException missing() {
    return new ApiException(ErrorCode.TERMINAL_NOT_FOUND, "There is no such terminal.");
  }
}
