/** How soon a server that is started serves. */
@NullMarked
package io.roadcast.bench.start;

import org.jspecify.annotations.NullMarked;
