/** What the ports of terminals have in common, whatever is spoken there: TCP and UDP by Netty. */
@NullMarked
package io.roadcast.jtt.port;

import org.jspecify.annotations.NullMarked;
