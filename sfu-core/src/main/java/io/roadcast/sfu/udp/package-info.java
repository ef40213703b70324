/**
 * Media workers: each owns one UDP socket, the viewers that were first heard there, and a window of
 * the blocks of each stream they watch. A block's way is {@link io.roadcast.sfu.udp.WorkerStream}
 * (any thread) to {@link io.roadcast.sfu.udp.MediaWorker} to {@link io.roadcast.sfu.udp.Viewer} to
 * {@link io.roadcast.sfu.udp.SendBatch} to {@link io.roadcast.sfu.udp.UdpPort}. Threads: everything
 * is the worker's alone, except where a comment says otherwise; other threads post commands.
 * Standards: RFC 3550 (headers, reports), RFC 4585 and 5104 (NACK, PLI, FIR), RFC 4588 (RTX), RFC
 * 7983 (telling datagrams apart), RFC 8285 (header extensions, one-byte form).
 */
@NullMarked
package io.roadcast.sfu.udp;

import org.jspecify.annotations.NullMarked;
