/**
 * JT/T 1078-2016 media packets over TCP and UDP: decoding, joining to frames, repairing time, and
 * publishing. Covered: the media packet (table 19) with 6- and 10-byte ids, the payload types
 * (table 12), video and audio upwards. Not covered here: the signalling messages, transparent data,
 * audio downwards.
 *
 * <p>{@link io.roadcast.jtt.jt1078.Jt1078PacketDecoder} reads, {@link
 * io.roadcast.jtt.jt1078.Jt1078PacketEncoder} writes. Everything of one connection runs on the
 * event loop that owns the connection.
 */
@NullMarked
package io.roadcast.jtt.jt1078;

import org.jspecify.annotations.NullMarked;
