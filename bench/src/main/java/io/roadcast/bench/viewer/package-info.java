/**
 * A WebRTC viewer without a picture, for tests and load: WHEP, ICE by ice4j's messages, DTLS by
 * Bouncy Castle, SRTP by jitsi-srtp. It shares no code with the server's negotiation and
 * protection; only RTP and RTCP fields and H.264 depacketizing come from {@code media}.
 *
 * <p>{@link io.roadcast.bench.viewer.LoadViewer} is one viewer, {@link
 * io.roadcast.bench.viewer.ViewerLoop} the one thread that serves any number of them, {@link
 * io.roadcast.bench.viewer.LoadRun} many viewers with a report.
 */
@NullMarked
package io.roadcast.bench.viewer;

import org.jspecify.annotations.NullMarked;
