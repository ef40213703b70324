/** RTP and RTCP (RFC 3550 and its profiles) as bytes: no sockets, no threads. */
@NullMarked
package io.roadcast.media.rtp;

import org.jspecify.annotations.NullMarked;
