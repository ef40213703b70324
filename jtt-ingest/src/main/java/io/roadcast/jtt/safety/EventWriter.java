package io.roadcast.jtt.safety;

import io.roadcast.events.Reported;
import io.roadcast.events.store.EventIntake;
import io.roadcast.jtt.journal.JournalFollower;
import io.roadcast.jtt.journal.JournalRecord;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries events out of the journal into their tables. Used by the follower's thread. */
public final class EventWriter implements JournalFollower.Target {
  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);

  private final EventIntake intake;
  private final Ownership ownership;
  private final LongAdder unreadable = new LongAdder();

  public EventWriter(EventIntake intake, Ownership ownership) {
    this.intake = intake;
    this.ownership = ownership;
  }

  /** Records that could not be read; there should be none. */
  public long unreadable() {
    return unreadable.sum();
  }

  @Override
  public void write(Handle handle, List<JournalRecord> records) {
    List<Reported> reports = new ArrayList<>();
    for (JournalRecord each : records) {
      if (each.kind() == LocationEntry.KIND) {
        read(each, reports);
      }
    }
    intake.write(handle, reports);
  }

  private void read(JournalRecord value, List<Reported> reports) {
    try {
      reports.addAll(EventDecoder.read(LocationEntry.of(value), ownership.of(value.terminal())));
    } catch (MalformedMessageException | IllegalArgumentException e) {
      unreadable.increment();
      LOG.error("[events] a record of {} is no location", value.terminal(), e);
    }
  }

  @Override
  public void committed() {
    intake.committed();
  }
}
