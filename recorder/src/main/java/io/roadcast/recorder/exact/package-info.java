/**
 * Groups of pictures that begin later than they were recorded: coded anew by a child process, which
 * alone decodes what came from outside.
 */
@NullMarked
package io.roadcast.recorder.exact;

import org.jspecify.annotations.NullMarked;
