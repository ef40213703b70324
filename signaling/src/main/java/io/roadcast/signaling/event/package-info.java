/** Routes of safety events: lists, handling, reports of other analysers, rules. */
@NullMarked
package io.roadcast.signaling.event;

import org.jspecify.annotations.NullMarked;
