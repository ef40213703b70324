/** Tests of the whole: the server, simulated terminals, a real browser, and the architecture. */
@NullMarked
package io.roadcast.e2e;

import org.jspecify.annotations.NullMarked;
