/**
 * The catalogue: which segments are kept, in PostgreSQL. It follows the files: what the database
 * could not be told is told later, and at the start both are compared.
 */
@NullMarked
package io.roadcast.recorder.catalog;

import org.jspecify.annotations.NullMarked;
