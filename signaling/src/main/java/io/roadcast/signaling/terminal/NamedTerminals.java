package io.roadcast.signaling.terminal;

import io.javalin.http.Context;
import io.roadcast.fleet.Terminal;
import io.roadcast.fleet.access.Action;
import io.roadcast.signaling.fleet.TerminalReference;
import io.roadcast.signaling.fleet.TerminalReference.Named;
import io.roadcast.signaling.http.ApiException;
import io.roadcast.signaling.http.ErrorCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Terminals that requests name, as those who are connected are called. */
final class NamedTerminals {
  private final TerminalReference reference;

  /**
   * @param digits that its links and streams are named by
   * @param organization null for one that nobody has adopted
   */
  record Called(String digits, @Nullable UUID organization) {}

  NamedTerminals(TerminalReference reference) {
    this.reference = reference;
  }

  /**
   * The terminal of {@code {id}}, if the asker may do that to it.
   *
   * @throws ApiException UNAUTHENTICATED, FORBIDDEN, TERMINAL_NOT_FOUND, TERMINAL_AMBIGUOUS
   */
  Called require(Context ctx, Action action) {
    return switch (reference.require(ctx, action)) {
      case Named.Adopted(Terminal terminal) -> called(terminal);
      case Named.Unadopted(var unknown) -> new Called(unknown.digits(), null);
    };
  }

  static Called called(Terminal terminal) {
    return new Called(
        terminal
            .phone()
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.TERMINAL_NOT_FOUND, "The terminal has no phone number.")),
        terminal.organization());
  }
}
