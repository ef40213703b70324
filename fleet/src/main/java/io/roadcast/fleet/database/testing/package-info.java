/**
 * A real PostgreSQL for tests of any module: started once per process, a database of its own for
 * whoever asks. It lies beside the product's code, which never uses it, because test classes of one
 * module are not seen by the others in every build.
 */
@NullMarked
package io.roadcast.fleet.database.testing;

import org.jspecify.annotations.NullMarked;
