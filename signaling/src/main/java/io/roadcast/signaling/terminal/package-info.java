/**
 * What the API offers of terminals while they are connected and of where they were: positions,
 * tracks, commands.
 */
@NullMarked
package io.roadcast.signaling.terminal;

import org.jspecify.annotations.NullMarked;
