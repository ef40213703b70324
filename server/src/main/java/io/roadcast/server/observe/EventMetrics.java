package io.roadcast.server.observe;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.roadcast.events.action.EventActions;
import io.roadcast.events.store.EventIntake;
import io.roadcast.jtt.journal.JournalFollower;

/** What came in as events, and what was done about them. */
public final class EventMetrics implements MultiCollector {
  private final EventIntake intake;
  private final EventActions actions;
  private final JournalFollower follower;

  public EventMetrics(EventIntake intake, EventActions actions, JournalFollower follower) {
    this.intake = intake;
    this.actions = actions;
    this.follower = follower;
  }

  @Override
  public MetricSnapshots collect() {
    Samples samples = new Samples();
    samples.counter("events_taken", "Events that are new", intake.taken());
    samples.counter("events_repeated", "Reports that had come before", intake.repeated());
    samples.counter("events_records", "Location messages that were looked at", follower.written());
    samples.counter("events_records_rejected", "Location messages left out", follower.rejected());
    samples.counter("events_tasks_done", "What rules asked for and was done", actions.done());
    samples.counter("events_tasks_failed", "What was given up", actions.failed());
    return samples.snapshots();
  }
}
