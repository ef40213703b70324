package io.roadcast.signaling.terminal;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.roadcast.jtt.command.TerminalCommand;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command as the API shows it.
 *
 * @param answer a JSON object, as it is
 */
public record CommandView(
    UUID id,
    String terminal,
    String type,
    String state,
    @Nullable String result,
    @Nullable String code,
    @JsonRawValue @Nullable String answer,
    @Nullable UUID batch,
    Instant createdAt,
    Instant updatedAt) {
  public static CommandView of(TerminalCommand command) {
    return new CommandView(
        command.id(),
        command.terminal(),
        command.type(),
        command.state().label(),
        command.result(),
        command.code(),
        command.answer(),
        command.batch(),
        command.createdAt(),
        command.updatedAt());
  }
}
