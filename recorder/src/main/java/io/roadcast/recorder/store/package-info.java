/**
 * Where segments lie and how they are read again: the one way to a segment's bytes as they were
 * recorded, wherever its file is and however it is protected.
 */
@NullMarked
package io.roadcast.recorder.store;

import org.jspecify.annotations.NullMarked;
