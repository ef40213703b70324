/**
 * What others use of the SFU: {@link io.roadcast.sfu.transport.SfuServer} starts it, {@link
 * io.roadcast.sfu.transport.ViewerSessions} answers offers and knows all viewers. Everything here
 * may be called on any thread and does not touch a packet.
 */
@NullMarked
package io.roadcast.sfu.transport;

import org.jspecify.annotations.NullMarked;
