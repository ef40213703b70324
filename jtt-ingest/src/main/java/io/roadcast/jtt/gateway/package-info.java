/**
 * The JT/T 808 gateway: connections of terminals over TCP and UDP, who is let in, and requests to
 * them. Covers the platform's side of JT/T 808-2011, -2013 and -2019; the messages themselves are
 * in {@code jtt.jt808}. A connection belongs to one event loop, nothing here blocks one.
 */
@NullMarked
package io.roadcast.jtt.gateway;

import org.jspecify.annotations.NullMarked;
