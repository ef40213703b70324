/**
 * Many terminals that send pictures at once (JT/T 1078 over TCP). All send the same pictures, made
 * once; a sender thread serves thousands of connections, so that what is measured is the server.
 */
@NullMarked
package io.roadcast.bench.uplink;

import org.jspecify.annotations.NullMarked;
