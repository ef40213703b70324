package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Assembly;
import io.roadcast.jtt.jt808.AssemblyLimits;
import io.roadcast.jtt.jt808.Bytes;
import io.roadcast.jtt.jt808.IncompleteMessage;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Jt808Message;
import io.roadcast.jtt.jt808.MediaUpload;
import io.roadcast.jtt.jt808.MediaUploadAnswer;
import io.roadcast.jtt.jt808.PartFault;
import io.roadcast.jtt.jt808.PlatformPackageRequest;
import io.roadcast.jtt.jt808.SubPackageAssembler;
import io.roadcast.jtt.jt808.WholeMessage;
import java.util.List;

/**
 * The messages of one terminal that come in several packages: they are put together, missing
 * packages are asked for (0x8003, 0x8800), and who leaves too many unfinished is put out. Belongs
 * to the session's event loop.
 */
final class PackagedMessages {
  private static final int MOST_PACKAGES = 4096;

  /** As many as the count of 2013 can say. */
  private static final int MOST_ASKED_FOR = 255;

  private final LinkSession session;
  private final MessageRouting routing;
  private final SubPackageAssembler assembler;
  private final PackagedAnswers answers;
  private int givenUp;

  PackagedMessages(LinkSession session, MessageRouting routing) {
    this.session = session;
    this.routing = routing;
    this.answers = new PackagedAnswers(session);
    Jt808Config config = session.core().config();
    Jt808Config.Messages limits = config.messages();
    this.assembler =
        new SubPackageAssembler(
            new AssemblyLimits(
                MOST_PACKAGES,
                limits.maxBytes(),
                limits.maxOpen(),
                2L * limits.maxBytes(),
                config.times().missingPackages(),
                limits.requests()),
            session.core().clock());
  }

  void frame(Jt808Frame frame) {
    Jt808Header header = frame.header();
    switch (assembler.add(frame)) {
      case Assembly.Waiting _ -> answers.waiting(header);
      case Assembly.Complete(WholeMessage(Jt808Header _, var body)) ->
          routing.whole(session, header, body);
      case Assembly.Repeated _ -> repeated(header);
      case Assembly.Rejected(PartFault fault) -> rejected(header, fault);
    }
  }

  private void rejected(Jt808Header header, PartFault fault) {
    session.core().statistics().countDropped(DropReason.BAD_PACKAGE);
    if (fault == PartFault.TOO_MANY_OPEN_MESSAGES || fault == PartFault.NO_ROOM) {
      session.answerAlone(header, LinkSession.FAILURE);
      countGivenUp();
    } else {
      session.answerAlone(header, LinkSession.BAD_MESSAGE);
    }
  }

  private void repeated(Jt808Header header) {
    session.core().statistics().countDropped(DropReason.DUPLICATE);
    answers.repeated(header);
  }

  /** Answers a message that is complete. */
  void answer(Jt808Header last, int result) {
    answers.answer(last, result);
  }

  /** A message that is complete was answered with one of its own. */
  void answeredWith(Jt808Header last, Jt808Message answer) {
    answers.answeredWith(last, answer);
  }

  /** A message that is complete is not kept: when it is repeated, it is a new one. */
  void notKept(Jt808Header last) {
    answers.forget(last);
    assembler.forgetFinished(last);
  }

  /** Asks for what is missing, and gives up what does not come. */
  void tick() {
    for (IncompleteMessage message : assembler.overdue()) {
      if (message.abandoned()) {
        countGivenUp();
      } else {
        session.core().statistics().countPackageRequest();
        session.send(request(message));
      }
    }
  }

  /** Uploads have a list of their own; who does not know that is asked in general the next time. */
  private static Jt808Message request(IncompleteMessage message) {
    List<Integer> missing =
        message.missing().subList(0, Math.min(MOST_ASKED_FOR, message.missing().size()));
    Bytes first = message.first();
    boolean byUpload = message.messageId() == MediaUpload.ID && message.requests() % 2 == 1;
    return byUpload && first != null && first.length() >= Integer.BYTES
        ? new MediaUploadAnswer(message.firstSerial(), MediaUpload.mediaId(first), missing)
        : new PlatformPackageRequest(message.firstSerial(), missing);
  }

  private void countGivenUp() {
    session.core().statistics().countDropped(DropReason.INCOMPLETE);
    givenUp++;
    if (givenUp > session.core().config().messages().maxIncomplete()) {
      session.close(CloseReason.INCOMPLETE_MESSAGES);
    }
  }
}
