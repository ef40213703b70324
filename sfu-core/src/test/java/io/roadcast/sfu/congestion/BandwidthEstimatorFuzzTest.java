package io.roadcast.sfu.congestion;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.roadcast.media.MalformedMediaException;
import io.roadcast.media.rtp.RtcpPacket;

/** Whatever a viewer reports, the estimate stays one. */
class BandwidthEstimatorFuzzTest {
  @FuzzTest
  void believesNothingImpossible(byte[] data) {
    BandwidthEstimator estimator = new BandwidthEstimator();
    long nowNanos = 1_000_000_000L;
    for (int i = 0; i < 600; i++) {
      estimator.sent(data.length % 1200, nowNanos += 1_000_000);
    }
    try {
      for (RtcpPacket packet : RtcpPacket.parseCompound(data, 0, data.length)) {
        nowNanos += 50_000_000;
        if (packet instanceof RtcpPacket.TransportFeedback feedback) {
          estimator.feedback(feedback, nowNanos);
        } else if (packet instanceof RtcpPacket.Remb remb) {
          estimator.remb(remb.bitRate());
        }
      }
    } catch (MalformedMediaException e) {
      // Expected of malformed input.
    }
    if (estimator.bitRate() <= 0 || estimator.bitRate() > BandwidthEstimator.UNLIMITED) {
      throw new IllegalStateException("an estimate of " + estimator.bitRate());
    }
  }
}
