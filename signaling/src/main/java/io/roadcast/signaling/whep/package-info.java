/**
 * WHEP (draft-ietf-wish-whep) over the resource model of RFC 9725: the client offers, the answer
 * comes with a session resource. The server is ICE-lite: trickled candidates are accepted and not
 * needed; an ICE restart is answered with other credentials at the same addresses.
 */
@NullMarked
package io.roadcast.signaling.whep;

import org.jspecify.annotations.NullMarked;
