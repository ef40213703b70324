/**
 * Measures joins: how soon a real browser that opens a stream in the middle of a group of pictures
 * shows the present moment. Started by {@code ./run bench joins}; not part of the tests.
 */
@NullMarked
package io.roadcast.e2e.joins;

import org.jspecify.annotations.NullMarked;
