/**
 * Where terminals are and were: positions out of JT/T 808 location reports with the time that they
 * most likely mean, the last one of each terminal in memory, and the tables they are kept in.
 */
@NullMarked
package io.roadcast.jtt.position;

import org.jspecify.annotations.NullMarked;
