/**
 * Streams of this node: who publishes them, their cached group of pictures, and everybody that
 * their blocks go to.
 *
 * <p>A {@link Publication} packetizes on the thread that feeds it and hands each block to its
 * {@link Stream}, which passes blocks, joins and interruptions to its {@link BlockSink}s in one
 * serial order, so that a sink that joins misses nothing and gets nothing twice.
 */
@NullMarked
package io.roadcast.sfu.router;

import org.jspecify.annotations.NullMarked;
