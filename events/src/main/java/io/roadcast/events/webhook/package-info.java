/**
 * Webhooks: who is told of events by HTTP, at least once and, for each terminal, in order.
 * Deliveries are written in the transaction in which an event changes ({@code store}), signed as
 * Standard Webhooks says (HMAC-SHA256, headers {@code webhook-id}, {@code webhook-timestamp},
 * {@code webhook-signature}) and kept when nobody took them.
 */
@NullMarked
package io.roadcast.events.webhook;

import org.jspecify.annotations.NullMarked;
