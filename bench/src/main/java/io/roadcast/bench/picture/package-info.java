/** What transcoding pictures costs. */
@NullMarked
package io.roadcast.bench.picture;

import org.jspecify.annotations.NullMarked;
