/**
 * ICE over TCP (RFC 6544), passive: viewers whose network lets no UDP out open a connection to the
 * port of the same number. STUN, DTLS, SRTP and SRTCP come and go in the frames of RFC 4571 and are
 * handed to the viewer's worker like datagrams. Connections belong to Netty's event loops.
 */
@NullMarked
package io.roadcast.sfu.tcp;

import org.jspecify.annotations.NullMarked;
