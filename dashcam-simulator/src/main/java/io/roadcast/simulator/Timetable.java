package io.roadcast.simulator;

import io.roadcast.jtt.jt808.TrackingControl;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When a terminal has to say something. Used by one thread, its terminal's. */
final class Timetable {
  private static final long LONGEST_WAIT_MILLIS = 1_000;

  private long reportMillis;
  private long heartbeatMillis;
  private long trackingMillis;
  private long trackingEnd;
  private long nextReport;
  private long nextHeartbeat;
  private long logOn;
  private long toldReportSeconds = -1;
  private long toldHeartbeatSeconds = -1;

  Timetable(Duration reports, Duration heartbeats) {
    reportMillis = reports.toMillis();
    heartbeatMillis = heartbeats.toMillis();
    nextReport = now();
    nextHeartbeat = now() + heartbeatMillis;
    logOn = now();
  }

  void logOnBegan() {
    logOn = now();
  }

  long logOnAge() {
    return now() - logOn;
  }

  /** The first report follows at once. */
  void cameOnline() {
    nextReport = now();
    nextHeartbeat = now() + heartbeatMillis;
  }

  /** Reports more often for a while, or ends that. */
  void track(TrackingControl tracking) {
    Long seconds = tracking.durationSeconds();
    trackingMillis = tracking.intervalSeconds() * 1000L;
    trackingEnd = trackingMillis > 0 && seconds != null ? now() + seconds * 1000 : 0;
    nextReport = Math.min(nextReport, now() + interval());
  }

  /** Takes over intervals that the platform has written, but not those it was started with. */
  void follow(TerminalParameters parameters) {
    long report = parameters.number(TerminalParameters.REPORT_SECONDS, 0);
    long heartbeat = parameters.number(TerminalParameters.HEARTBEAT_SECONDS, 0);
    if (toldReportSeconds >= 0 && report != toldReportSeconds && report > 0) {
      reportMillis = report * 1000;
      nextReport = Math.min(nextReport, now() + interval());
    }
    if (toldHeartbeatSeconds >= 0 && heartbeat != toldHeartbeatSeconds && heartbeat > 0) {
      heartbeatMillis = heartbeat * 1000;
    }
    toldReportSeconds = report;
    toldHeartbeatSeconds = heartbeat;
  }

  /** Whether a report is due; it then counts as made. */
  boolean reportIsDue() {
    if (now() < nextReport) {
      return false;
    }
    nextReport = Math.max(nextReport + interval(), now());
    return true;
  }

  /** Whether a heartbeat is due; it then counts as sent. */
  boolean heartbeatIsDue() {
    if (now() < nextHeartbeat) {
      return false;
    }
    nextHeartbeat = now() + heartbeatMillis;
    return true;
  }

  long millisToNext() {
    long next = Math.min(nextReport, nextHeartbeat) - now();
    return Math.clamp(next, 1, LONGEST_WAIT_MILLIS);
  }

  private long interval() {
    return now() < trackingEnd ? trackingMillis : reportMillis;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
