/**
 * The one WebSocket, {@code /api/v1/ws} (RFC 6455), for everything that is pushed. {@code PushHub}
 * is one virtual thread that puts all news in order; each connection has a bounded queue and a
 * virtual thread that writes it.
 */
@NullMarked
package io.roadcast.signaling.ws;

import org.jspecify.annotations.NullMarked;
