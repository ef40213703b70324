/**
 * Terminals by the thousand against a server in a process of its own: what a connection costs, how
 * fast heartbeats are answered, and whether positions survive a {@code kill -9}. Shares no code
 * with the server.
 */
@NullMarked
package io.roadcast.bench.terminal;

import org.jspecify.annotations.NullMarked;
