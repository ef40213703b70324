/**
 * The program: command line, wiring and life cycle. The only module that knows all others.
 *
 * <p>{@link io.roadcast.server.ServerMain} reads the command line, {@link
 * io.roadcast.server.config.ConfigLoader} the configuration; {@link io.roadcast.server.Server}
 * builds the parts in the order in which they need each other and closes them in reverse.
 */
@NullMarked
package io.roadcast.server;

import org.jspecify.annotations.NullMarked;
