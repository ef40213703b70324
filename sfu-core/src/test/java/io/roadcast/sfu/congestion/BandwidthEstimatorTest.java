package io.roadcast.sfu.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.roadcast.media.rtp.RtcpPacket.TransportFeedback;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of a camera through a simulated bottleneck, at the rate that the estimate allows. */
@Timeout(60)
class BandwidthEstimatorTest {
  private static final int PACKET_BYTES = 1150;
  private static final long STEP_MICROS = 1_000;

  private final BandwidthEstimator estimator = new BandwidthEstimator();
  private final List<Long> delays = new ArrayList<>();
  private final List<Long> rates = new ArrayList<>();
  private long nowMicros = 5_000_000;
  private double credit;
  private long waiting;

  @ParameterizedTest
  @CsvSource({
    "500, 20", "500, 100", "500, 300",
    "2000, 20", "2000, 100", "2000, 300",
  })
  void findsWhatANarrowPathCarriesAndBuildsNoQueue(int kilobits, int roundTripMillis) {
    SimulatedPath path = new SimulatedPath(kilobits * 1000L, roundTripMillis, 0, 1);
    run(path, 8_000_000, 10);
    delays.clear();
    rates.clear();
    run(path, 8_000_000, 40);
    assertThat(median(rates)).isBetween(kilobits * 650L, kilobits * 1150L);
    assertThat(percentile(delays, 95))
        .as("microseconds on the way")
        .isLessThan(path.oneWayMicros() + 350_000);
  }

  @ParameterizedTest
  @CsvSource({
    "0.02, 20", "0.02, 100", "0.02, 300",
    "0.05, 20", "0.05, 100", "0.05, 300",
    "0.08, 20", "0.08, 100", "0.08, 300",
  })
  void lossWithoutAQueueSlowsNobody(double loss, int roundTripMillis) {
    SimulatedPath path = new SimulatedPath(20_000_000, roundTripMillis, loss, 2);
    run(path, 1_700_000, 60);
    assertThat(estimator.bitRate()).isGreaterThan(2_000_000);
    assertThat(estimator.loss()).isBetween(loss / 3, loss * 3);
  }

  @Test
  void aThirdLostIsCongestionWhateverTheDelay() {
    SimulatedPath path = new SimulatedPath(20_000_000, 100, 0.33, 3);
    run(path, 1_700_000, 20);
    assertThat(estimator.bitRate()).isLessThan(1_500_000);
  }

  @Test
  void nothingIsHeldBackOnAGoodPath() {
    run(new SimulatedPath(1_000_000_000, 1, 0, 4), 4_000_000, 30);
    assertThat(estimator.bitRate()).isEqualTo(BandwidthEstimator.UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource({"4000, 20", "4000, 100", "8000, 20", "8000, 100", "20000, 50"})
  void theQueueOfAKeyframeIsNotTakenForASlowPath(int kilobits, int roundTripMillis) {
    SimulatedPath path = new SimulatedPath(kilobits * 1000L, roundTripMillis, 0, 7);
    run(path, 1_700_000, 10);
    rates.clear();
    run(path, 1_700_000, 60);
    assertThat(percentile(rates, 5)).isGreaterThan(2_200_000);
  }

  @Test
  void aPauseOfTheReceiverIsNotTakenForASlowPath() {
    SimulatedPath path = new SimulatedPath(100_000_000, 20, 0, 5);
    run(path, 2_000_000, 10);
    for (int i = 0; i < 5; i++) {
      path.queue(10_000);
      path.carries(1_000); // nothing for as long as the next packet takes
      film(path, 1);
      path.carries(100_000_000);
      run(path, 2_000_000, 8);
    }
    assertThat(estimator.bitRate()).isGreaterThan(2_500_000);
  }

  @Test
  void aLongQueueThatAFirstBurstLeftIsLetRunEmpty() {
    SimulatedPath path = new SimulatedPath(500_000, 50, 0, 8);
    path.queue(3_000);
    waiting = 850_000; // a cached group of pictures
    run(path, 1_700_000, 12);
    delays.clear();
    run(path, 1_700_000, 30);
    assertThat(percentile(delays, 95))
        .as("microseconds on the way")
        .isLessThan(path.oneWayMicros() + 700_000);
  }

  @Test
  void aPathThatBecomesWiderIsNoticed() {
    SimulatedPath path = new SimulatedPath(500_000, 50, 0, 6);
    run(path, 2_000_000, 20);
    assertThat(estimator.bitRate()).isLessThan(700_000);
    path.carries(20_000_000);
    run(path, 2_000_000, 20);
    assertThat(estimator.bitRate()).isGreaterThan(2_200_000);
  }

  @Test
  void withoutFeedbackOfPacketsTheViewersOwnEstimateCounts() {
    estimator.remb(700_000);
    assertThat(estimator.bitRate()).isEqualTo(700_000);
    estimator.receiverReport(0.3, 600_000, 1_000_000_000L);
    estimator.receiverReport(0.3, 600_000, 2_000_000_000L);
    assertThat(estimator.bitRate()).isLessThan(600_000);
  }

  /** A camera of that rate, a keyframe of eight pictures' size each 2 s. */
  private void run(SimulatedPath path, long cameraBitRate, int seconds) {
    long pictureBytes = cameraBitRate / 8 / 25;
    long steps = seconds * 1_000_000L / STEP_MICROS;
    for (long step = 0; step < steps; step++) {
      if (step % 40 == 0) {
        waiting += step % 2000 == 0 ? 8 * pictureBytes : pictureBytes * 43 / 50;
        waiting = Math.min(waiting, cameraBitRate / 8); // the rest is thinned out
      }
      long rate = estimator.bitRate();
      credit = Math.min(credit + rate / 8e6 * STEP_MICROS, Math.max(PACKET_BYTES, rate / 8e3));
      while (waiting > 0 && credit > 0) {
        film(path, (int) Math.min(waiting, PACKET_BYTES));
      }
      if (step % 100 == 0) {
        TransportFeedback feedback = path.report(nowMicros - path.oneWayMicros());
        if (feedback != null) {
          estimator.feedback(feedback, nowMicros * 1000);
        }
        rates.add(estimator.bitRate());
      }
      nowMicros += STEP_MICROS;
    }
  }

  private void film(SimulatedPath path, int bytes) {
    int number = estimator.sent(bytes, nowMicros * 1000);
    int wire = bytes + BandwidthEstimator.DATAGRAM_BYTES;
    long arrival = path.send(number, wire, nowMicros);
    if (arrival != SimulatedPath.LOST) {
      delays.add(arrival - nowMicros);
    }
    credit -= wire;
    waiting = Math.max(0, waiting - bytes);
  }

  private static long median(List<Long> values) {
    return percentile(values, 50);
  }

  private static long percentile(List<Long> values, int percent) {
    List<Long> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((sorted.size() - 1) * percent / 100);
  }
}
