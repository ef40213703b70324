/**
 * What it costs to bring sound into a codec that browsers take: processor time of decoding and
 * encoding, and the delay that the way through a child process adds.
 */
@NullMarked
package io.roadcast.bench.sound;

import org.jspecify.annotations.NullMarked;
