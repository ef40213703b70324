package io.roadcast.jtt.command;

import io.roadcast.jtt.jt808.Jt808Message;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to tell a terminal something.
 *
 * @param terminal digits without leading zeros
 * @param type as in the API
 * @param request what was asked for, as it came
 * @param principal who asked
 * @param idempotencyKey the same key of the same principal for the same terminal is the same
 *     command; null for none
 * @param batch of a request to a group; null if it stands alone
 */
public record CommandOrder(
    String terminal,
    @Nullable UUID organization,
    String type,
    Jt808Message message,
    String request,
    String principal,
    @Nullable String idempotencyKey,
    @Nullable UUID batch) {}
