/**
 * Says what recorded bytes of terminals hold, with the decoders that the server uses, and takes the
 * media out of them. Covered: JT/T 1078.
 */
@NullMarked
package io.roadcast.jtt.inspect;

import org.jspecify.annotations.NullMarked;
