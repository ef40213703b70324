/** Other programs of ours, started by a benchmark. */
@NullMarked
package io.roadcast.bench.child;

import org.jspecify.annotations.NullMarked;
