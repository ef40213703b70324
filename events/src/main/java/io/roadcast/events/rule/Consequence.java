package io.roadcast.events.rule;

import io.roadcast.events.Severity;
import io.roadcast.events.TaskWish;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule does.
 *
 * @param severity that the event gets
 * @param suppressRepeats events of the same type and terminal are suppressed for so long after one
 * @param tasks in the order of {@link io.roadcast.events.action.ActionKind}
 */
record Consequence(
    @Nullable Severity severity,
    @Nullable Duration suppressRepeats,
    boolean attention,
    List<TaskWish> tasks) {}
