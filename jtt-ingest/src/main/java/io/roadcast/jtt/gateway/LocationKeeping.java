package io.roadcast.jtt.gateway;

import io.roadcast.jtt.journal.JournalRecord;
import io.roadcast.jtt.journal.Outcome;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.DecodedMessage;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.LocationAnswer;
import io.roadcast.jtt.jt808.LocationReport;
import io.roadcast.jtt.position.LocationEntry;
import io.roadcast.jtt.position.LocationEntry.Located;
import java.time.Instant;
import java.util.List;

/** Keeps positions in the journal, and acknowledges them when they are safe on disk. */
final class LocationKeeping {
  private static final int MAX_BODY_BYTES = JournalRecord.MAX_BYTES - 512;

  private final GatewayCore core;

  LocationKeeping(GatewayCore core) {
    this.core = core;
  }

  void keep(LinkSession session, Jt808Header header, Bytes body, DecodedMessage decoded) {
    ActiveLink link = session.link();
    TerminalMemory.Remembered known = session.memory();
    if (link == null || known == null) {
      return;
    }
    if (body.length() > MAX_BODY_BYTES) {
      core.statistics().countDropped(DropReason.BAD_BODY);
      session.answer(header, LinkSession.BAD_MESSAGE);
      return;
    }
    if (!known.recent().isNew(header.messageId(), header.serial(), body.hashCode())) {
      core.statistics().countDropped(DropReason.DUPLICATE);
      core.journal()
          .afterPending(outcome -> repeated(session, header, body, known.recent(), outcome));
      return;
    }
    Instant now = core.clock().instant();
    learn(known, decoded, now);
    LocationEntry entry =
        new LocationEntry(
            link.terminal(),
            now,
            header.messageId(),
            header.serial(),
            decoded.layout(),
            known.clock().offset(),
            body);
    List<Located> positions = entry.positions(decoded);
    core.journal()
        .append(
            entry.toRecord(),
            outcome -> {
              if (outcome == Outcome.DURABLE) {
                session.wire().run(() -> kept(session, header, entry, positions));
              } else {
                // At once: a repetition that waits for a later group must not be acknowledged.
                known.recent().forget(entry.messageId(), entry.serial(), body.hashCode());
                core.statistics().countDropped(DropReason.NOT_KEPT);
                session.wire().run(() -> session.notKept(header));
              }
            });
  }

  /** Only reports that come alone are of this moment. */
  private static void learn(TerminalMemory.Remembered known, DecodedMessage decoded, Instant now) {
    switch (decoded.message()) {
      case LocationReport report -> known.clock().learn(report.location().time(), now);
      case LocationAnswer answer -> known.clock().learn(answer.report().location().time(), now);
      default -> {
        // a batch may be of any time
      }
    }
  }

  private void kept(
      LinkSession session, Jt808Header header, LocationEntry entry, List<Located> positions) {
    core.statistics().countPositions(positions.size());
    positions.forEach(each -> core.last().offer(each.position()));
    session.answer(header, LinkSession.SUCCESS);
    for (Located each : positions) {
      core.registry()
          .tell(
              listener ->
                  listener.located(entry.terminal(), each.report(), each.position().backlog()));
    }
  }

  /** What it repeats was in this group or an earlier one, which may not have been written. */
  private static void repeated(
      LinkSession session, Jt808Header header, Bytes body, RecentMessages recent, Outcome outcome) {
    boolean held =
        outcome == Outcome.DURABLE
            && recent.holds(header.messageId(), header.serial(), body.hashCode());
    session
        .wire()
        .run(
            () -> {
              if (held) {
                session.answer(header, LinkSession.SUCCESS);
              } else {
                session.notKept(header);
              }
            });
  }
}
