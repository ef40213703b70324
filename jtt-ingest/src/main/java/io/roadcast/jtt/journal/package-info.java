/**
 * What terminals reported, kept before it is acknowledged: an append-only journal on disk with one
 * {@code fsync} per group of records, and a follower that writes it into PostgreSQL exactly once.
 *
 * <p>The journal needs no database, so that a database that is away costs nothing but disk. Its
 * writer is one platform thread; the follower is another. Entry points: {@link
 * io.roadcast.jtt.journal.Journal}, {@link io.roadcast.jtt.journal.JournalFollower}.
 */
@NullMarked
package io.roadcast.jtt.journal;

import org.jspecify.annotations.NullMarked;
