/**
 * Signaling: REST, WebSocket, WHEP (draft-ietf-wish-whep), and the web client's files, over HTTP
 * and HTTPS. {@link io.roadcast.signaling.SignalingServer} mounts everything.
 */
@NullMarked
package io.roadcast.signaling;

import org.jspecify.annotations.NullMarked;
