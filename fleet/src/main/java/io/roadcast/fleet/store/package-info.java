/**
 * The fleet's records in the database (SQL through Jdbi). Methods block and fail with {@link
 * io.roadcast.fleet.database.DatabaseUnavailableException} while the database is away; what can not
 * be done is a {@link io.roadcast.fleet.FleetException}. {@link
 * io.roadcast.fleet.store.FleetRecords} holds it all together.
 */
@NullMarked
package io.roadcast.fleet.store;

import org.jspecify.annotations.NullMarked;
