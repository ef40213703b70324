/** What the program can be asked to do on the command line. */
@NullMarked
package io.roadcast.server.command;

import org.jspecify.annotations.NullMarked;
