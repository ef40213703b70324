/**
 * Sound and pictures that viewers cannot take are brought into what they can, each stream and form
 * once for all its viewers; what somebody says is brought into what a camera plays ({@link
 * io.roadcast.sfu.transcode.CameraTalk}). FFmpeg may crash or hang on what cameras send, so it runs
 * in child JVMs ({@link io.roadcast.sfu.transcode.TranscoderChild}) that {@link
 * io.roadcast.sfu.transcode.Transcoders} starts, watches and replaces; what goes between is {@link
 * io.roadcast.sfu.transcode.ChildMessage}.
 *
 * <p>Threads: {@code transcoder-watch} starts and watches all children; each child has one that
 * writes to it, one that reads from it, and one for what it says on standard error. Whoever feeds a
 * job never waits for any of them.
 */
@NullMarked
package io.roadcast.sfu.transcode;

import org.jspecify.annotations.NullMarked;
