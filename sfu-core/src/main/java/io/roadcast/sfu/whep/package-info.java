/**
 * Streams of other servers: a WHEP client (draft-ietf-wish-whep) with a full ICE agent on our own
 * port that receives SRTP, puts pictures and sound together and publishes them here like a
 * camera's. Covered: H.264 and H.265, G.711 and Opus, NACK and RTX, PLI, receiver reports;
 * transport-wide feedback, trickled candidates and relays of our own are not.
 */
@NullMarked
package io.roadcast.sfu.whep;

import org.jspecify.annotations.NullMarked;
