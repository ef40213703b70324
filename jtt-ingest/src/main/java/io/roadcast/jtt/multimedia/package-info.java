/**
 * Pictures, sounds and videos that terminals send by JT/T 808 (0x0801): kept as files before they
 * are acknowledged, listed in a table that follows the files, the oldest removed when there are too
 * many.
 */
@NullMarked
package io.roadcast.jtt.multimedia;

import org.jspecify.annotations.NullMarked;
