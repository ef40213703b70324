/** Command line of benchmarks and load viewers: {@code ./run bench}. */
@NullMarked
package io.roadcast.bench;

import org.jspecify.annotations.NullMarked;
