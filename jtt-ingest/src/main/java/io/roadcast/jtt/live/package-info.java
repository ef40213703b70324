/**
 * Live on demand: a channel of a terminal sends pictures while somebody wants them (JT/T 1078-2016,
 * 0x9101, 0x9102, 0x9105, 0x9003). One {@link io.roadcast.jtt.live.LiveChannel} per channel and
 * quality takes its events one after the other; what they lead to is decided by the pure {@link
 * io.roadcast.jtt.live.ChannelMachine}. No lock is held while others are called.
 */
@NullMarked
package io.roadcast.jtt.live;

import org.jspecify.annotations.NullMarked;
