package io.roadcast.jtt.gateway;

import io.roadcast.jtt.journal.Outcome;
import io.roadcast.jtt.jt808.Assembly;
import io.roadcast.jtt.jt808.AssemblyLimits;
import io.roadcast.jtt.jt808.IncompleteMessage;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.PartFault;
import io.roadcast.jtt.jt808.PlatformPackageRequest;
import io.roadcast.jtt.jt808.SubPackageAssembler;
import io.roadcast.jtt.jt808.WholeMessage;
import java.util.List;

/**
 * The messages of one terminal that come in several packages: each package is answered, missing
 * ones are asked for (0x8003), and who leaves too many unfinished is put out. Belongs to the
 * session's event loop.
 */
final class PackagedMessages {
  private static final int MOST_PACKAGES = 4096;

  /** As many as the count of 2013 can say. */
  private static final int MOST_ASKED_FOR = 255;

  private final LinkSession session;
  private final MessageRouting routing;
  private final SubPackageAssembler assembler;
  private int givenUp;

  PackagedMessages(LinkSession session, MessageRouting routing) {
    this.session = session;
    this.routing = routing;
    Jt808Config config = session.core().config();
    this.assembler =
        new SubPackageAssembler(
            new AssemblyLimits(
                MOST_PACKAGES,
                config.maxMessageBytes(),
                config.maxOpenMessages(),
                2L * config.maxMessageBytes(),
                config.packageTimeout(),
                config.packageRequests()),
            session.core().clock());
  }

  void frame(Jt808Frame frame) {
    Jt808Header header = frame.header();
    switch (assembler.add(frame)) {
      case Assembly.Waiting _ -> session.answer(header, LinkSession.SUCCESS);
      case Assembly.Complete(WholeMessage(Jt808Header _, var body)) ->
          routing.whole(session, header, body);
      case Assembly.Repeated _ -> repeated(header);
      case Assembly.Rejected(PartFault fault) -> rejected(header, fault);
    }
  }

  private void rejected(Jt808Header header, PartFault fault) {
    session.core().statistics().countDropped(DropReason.BAD_PACKAGE);
    if (fault == PartFault.TOO_MANY_OPEN_MESSAGES || fault == PartFault.NO_ROOM) {
      session.answer(header, LinkSession.FAILURE);
      countGivenUp();
    } else {
      session.answer(header, LinkSession.BAD_MESSAGE);
    }
  }

  /** A package of a message that was complete: its answer got lost, or it is not yet safe. */
  private void repeated(Jt808Header header) {
    session.core().statistics().countDropped(DropReason.DUPLICATE);
    session
        .core()
        .journal()
        .afterPending(
            outcome -> {
              if (outcome == Outcome.DURABLE) {
                session.wire().run(() -> session.answer(header, LinkSession.SUCCESS));
              }
            });
  }

  /** Asks for what is missing, and gives up what does not come. */
  void tick() {
    for (IncompleteMessage message : assembler.overdue()) {
      if (message.abandoned()) {
        countGivenUp();
      } else {
        List<Integer> missing = message.missing();
        session.core().statistics().countPackageRequest();
        session.sendNow(
            new PlatformPackageRequest(
                message.firstSerial(),
                missing.subList(0, Math.min(MOST_ASKED_FOR, missing.size()))));
      }
    }
  }

  private void countGivenUp() {
    session.core().statistics().countDropped(DropReason.INCOMPLETE);
    givenUp++;
    if (givenUp > session.core().config().maxIncompleteMessages()) {
      session.close(CloseReason.INCOMPLETE_MESSAGES);
    }
  }
}
