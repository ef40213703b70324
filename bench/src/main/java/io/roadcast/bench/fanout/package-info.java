/**
 * What forwarding costs: CPU time per packet of the server's own media worker, beside a C program
 * that does the least there is to do. Each variant runs in a process of its own, so that the
 * compiler sees what it would see in a server.
 */
@NullMarked
package io.roadcast.bench.fanout;

import org.jspecify.annotations.NullMarked;
