package io.roadcast.simulator;

import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link SignallingCounters} tells. May be read and written by any thread. */
final class SignallingTally {
  final LongAdder registrations = new LongAdder();
  final LongAdder authentications = new LongAdder();
  final LongAdder online = new LongAdder();
  final LongAdder reports = new LongAdder();
  final LongAdder lateReports = new LongAdder();
  final LongAdder commands = new LongAdder();
  final LongAdder liveRequests = new LongAdder();
  final LongAdder live = new LongAdder();
  final LongAdder photos = new LongAdder();
  final LongAdder alarms = new LongAdder();
  final LongAdder files = new LongAdder();

  SignallingCounters snapshot() {
    return new SignallingCounters(
        registrations.sum(),
        authentications.sum(),
        online.sum(),
        reports.sum(),
        lateReports.sum(),
        commands.sum(),
        liveRequests.sum(),
        live.sum(),
        photos.sum(),
        alarms.sum(),
        files.sum());
  }
}
