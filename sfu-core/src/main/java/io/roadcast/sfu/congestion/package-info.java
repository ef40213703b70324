/**
 * How much a path to one viewer carries, estimated where it is sent from. {@link
 * io.roadcast.sfu.congestion.BandwidthEstimator} is told what leaves and what the viewer reports,
 * and says a rate. Standards: transport-wide feedback
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01), delay and loss based control
 * (draft-ietf-rmcat-gcc-02), REMB (draft-alvestrand-rmcat-remb-03) where a viewer has nothing
 * better. No sockets, no threads, no clock of its own: a worker or a test brings the time.
 */
@NullMarked
package io.roadcast.sfu.congestion;

import org.jspecify.annotations.NullMarked;
