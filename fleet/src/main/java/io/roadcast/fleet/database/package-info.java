/**
 * The database that every module with tables shares: PostgreSQL, either an operator's or one that
 * this process runs itself. One data source, one Flyway history (the files {@code db/migration} of
 * all modules on the class path). Nothing here knows any table.
 */
@NullMarked
package io.roadcast.fleet.database;

import org.jspecify.annotations.NullMarked;
