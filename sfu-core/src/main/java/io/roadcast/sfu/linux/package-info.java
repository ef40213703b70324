/**
 * The UDP port on Linux (x86-64 and AArch64) by the foreign function interface: epoll, recvmmsg(2),
 * sendmmsg(2) with UDP_SEGMENT (udp(7)). All native access of the module's sockets is here. A port
 * belongs to one worker's thread.
 */
@NullMarked
package io.roadcast.sfu.linux;

import org.jspecify.annotations.NullMarked;
