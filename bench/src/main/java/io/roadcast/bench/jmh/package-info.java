/** Small benchmarks of single steps, run by JMH: {@code ./run bench jmh}. */
@NullMarked
package io.roadcast.bench.jmh;

import org.jspecify.annotations.NullMarked;
