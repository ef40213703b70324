/**
 * Says what recorded bytes of terminals hold, with the decoders that the server uses, and takes the
 * media out of them. Covered: JT/T 1078 media, JT/T 808 with all messages of {@link
 * io.roadcast.jtt.jt808}. This is the only place that knows how messages look in JSON.
 */
@NullMarked
package io.roadcast.jtt.inspect;

import org.jspecify.annotations.NullMarked;
