package io.roadcast.simulator;

import io.roadcast.jtt.jt808.Location;
import io.roadcast.jtt.jt808.LocationBatch;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.simulator.alarm.AlarmClock;
import io.roadcast.simulator.alarm.AlarmPlan;
import io.roadcast.simulator.alarm.RaisedAlarm;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reports where a terminal drives and what alarms it has, and keeps what the platform did not
 * acknowledge. Used by one thread, its terminal's.
 */
final class Reporter {
  private final Drive drive;
  private final AlarmClock alarms;
  private final AlarmPlan plan;
  private final Supplier<Behaviour> behaviour;
  private final SignallingTally tally;
  private final ReportLog log = new ReportLog();

  Reporter(
      Drive drive,
      AlarmClock alarms,
      AlarmPlan plan,
      Supplier<Behaviour> behaviour,
      SignallingTally tally) {
    this.drive = drive;
    this.alarms = alarms;
    this.plan = plan;
    this.behaviour = behaviour;
    this.tally = tally;
  }

  /** The report of this moment. */
  LocationReport report() {
    return report(List.of());
  }

  private LocationReport report(List<LocationItem> alarmItems) {
    Behaviour now = behaviour.get();
    Instant clock = Instant.now();
    List<LocationItem> items = new ArrayList<>(alarms.videoItems(clock));
    items.addAll(alarmItems);
    return drive.report(clock.plus(now.clockOffset()), now.alarms() | alarms.flags(clock), items);
  }

  void send(TerminalConnection connection) throws IOException {
    send(connection, report());
    tally.reports.increment();
  }

  /** Each alarm is a report of its own, at once. */
  void sendAlarms(TerminalConnection connection) throws IOException {
    Instant now = Instant.now();
    boolean twice = plan.faults().contains(AlarmPlan.Fault.REPEAT);
    Location at = drive.location(now.plus(behaviour.get().clockOffset()), 0);
    for (RaisedAlarm alarm : alarms.due(now, at)) {
      LocationItem item = alarm.item();
      LocationReport report = report(item == null ? List.of() : List.of(item));
      send(connection, report);
      if (twice) {
        send(connection, report);
      }
      tally.alarms.increment();
    }
  }

  private void send(TerminalConnection connection, LocationReport report) throws IOException {
    log.sent(connection.send(report), List.of(report));
  }

  /** What could not be sent, or was not acknowledged, before. */
  void sendLate(TerminalConnection connection) throws IOException {
    while (log.hasLate()) {
      LocationBatch batch = log.takeLate();
      log.sent(connection.send(batch), batch.reports());
      tally.lateReports.add(batch.reports().size());
    }
  }

  /** The report of this moment can not be sent: for later. */
  void keep() {
    log.keep(report());
  }

  void acknowledged(int serial) {
    log.acknowledged(serial);
  }

  void connectionLost() {
    log.connectionLost();
  }
}
