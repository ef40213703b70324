/**
 * Commands to terminals as resources: kept in the database from the request to the answer, sent
 * over the terminal's link, and told to whoever wants to know.
 */
@NullMarked
package io.roadcast.jtt.command;

import org.jspecify.annotations.NullMarked;
