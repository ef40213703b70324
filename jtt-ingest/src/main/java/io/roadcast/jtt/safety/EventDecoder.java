package io.roadcast.jtt.safety;

import io.roadcast.events.EventReport;
import io.roadcast.events.Reported;
import io.roadcast.jtt.jt808.LocationItem;
import io.roadcast.jtt.jt808.MalformedMessageException;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.LocationEntry.Located;
import io.roadcast.jtt.position.Ownership;
import java.util.ArrayList;
import java.util.List;

/** Events of a location message. */
public final class EventDecoder {
  private EventDecoder() {}

  /**
   * Reads a message.
   *
   * @param owner whose terminal it is
   * @throws MalformedMessageException if the body breaks its layout
   */
  public static List<Reported> read(LocationEntry entry, Ownership.Owner owner)
      throws MalformedMessageException {
    List<Reported> all = new ArrayList<>();
    for (Located located : entry.positions()) {
      ReportContext context = ReportContext.of(located, owner);
      all.addAll(alarms(context));
      all.add(Conditions.flags(context));
      all.add(Conditions.video(context));
    }
    return all;
  }

  private static List<EventReport> alarms(ReportContext context) {
    List<EventReport> alarms = new ArrayList<>();
    for (LocationItem item : context.located().report().items()) {
      alarms.addAll(AlarmItems.of(context, item));
    }
    return alarms;
  }
}
