/**
 * Events in PostgreSQL: taken in once each, beginning and end folded, changes numbered after their
 * commit. Every method that asks the database blocks, and fails while it is away.
 */
@NullMarked
package io.roadcast.events.store;

import org.jspecify.annotations.NullMarked;
