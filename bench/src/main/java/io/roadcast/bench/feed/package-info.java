/** A stream for a server that is measured: pictures of even size, each sent when it is due. */
@NullMarked
package io.roadcast.bench.feed;

import org.jspecify.annotations.NullMarked;
