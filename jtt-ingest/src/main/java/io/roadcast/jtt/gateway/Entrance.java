package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.GbkText;
import io.roadcast.jtt.jt808.Jt808Frame;
import io.roadcast.jtt.jt808.Jt808Header;
import io.roadcast.jtt.jt808.Registration;
import io.roadcast.jtt.jt808.RegistrationAnswer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a terminal registers and authenticates itself. While somebody else decides, what it sends
 * is held back in its order. Belongs to the session's event loop.
 */
final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
  private static final int MAX_HELD = 256;
  private static final int MAX_REFUSALS = 3;

  private final LinkSession session;
  private @Nullable ArrayDeque<Jt808Frame> held;
  private int refusals;
  private boolean deciding;

  Entrance(LinkSession session) {
    this.session = session;
  }

  /** Whether frames are to be held back. */
  boolean deciding() {
    return deciding;
  }

  void hold(Jt808Frame frame) {
    ArrayDeque<Jt808Frame> waiting = held;
    if (waiting == null) {
      waiting = new ArrayDeque<>();
      held = waiting;
    }
    if (waiting.size() < MAX_HELD) {
      waiting.add(frame);
    } else {
      session.core().statistics().countDropped(DropReason.NO_ROOM);
    }
  }

  /** The wire is closed. */
  void closed() {
    held = null;
  }

  /** 0x0100. */
  void register(Jt808Header header, Registration registration) {
    if (!counted()) {
      session.close(CloseReason.TOO_MANY_REGISTRATIONS);
      return;
    }
    decide(
        () ->
            session
                .core()
                .admission()
                .register(applicant(header), registration)
                .whenComplete(
                    (answer, failure) -> decided(() -> registered(header, answer, failure))));
  }

  private boolean counted() {
    return session
        .core()
        .registrations()
        .take(session.wire().remote().getAddress(), System.nanoTime());
  }

  private void registered(
      Jt808Header header, Admission.@Nullable Registered answer, @Nullable Throwable failure) {
    if (failure != null || answer == null) {
      LOG.error("[jt808 {}] registration failed", header.phone(), failure);
      return; // the terminal asks again
    }
    boolean success = answer.result() == Admission.Registered.SUCCESS;
    session.answerWith(
        new RegistrationAnswer(
            header.serial(), answer.result(), success ? GbkText.of(answer.code()) : null));
    if (!success) {
      refused();
    }
  }

  /** 0x0102. */
  void authenticate(Jt808Header header, Authentication authentication) {
    decide(
        () ->
            session
                .core()
                .admission()
                .authenticate(applicant(header), authentication)
                .whenComplete(
                    (verdict, failure) ->
                        decided(
                            () ->
                                authenticated(
                                    header,
                                    verdict == null ? Admission.Verdict.UNDECIDED : verdict,
                                    failure))));
  }

  private void authenticated(
      Jt808Header header, Admission.Verdict verdict, @Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("[jt808 {}] authentication failed", header.phone(), failure);
    }
    switch (verdict) {
      case WELCOME -> {
        refusals = 0;
        session.welcome(header);
      }
      case UNDECIDED -> session.answer(header, LinkSession.FAILURE);
      case REFUSED -> {
        session.answer(header, LinkSession.FAILURE);
        refused();
      }
    }
  }

  private void refused() {
    session.core().statistics().refusedAdmission();
    counted();
    if (++refusals >= MAX_REFUSALS) {
      session.close(CloseReason.REFUSED);
    }
  }

  private Admission.Applicant applicant(Jt808Header header) {
    return new Admission.Applicant(
        header.phone().digits(), header.phone(), session.version(), session.wire().remote());
  }

  private void decide(Runnable question) {
    deciding = true;
    session.wire().read(Wire.Reading.PAUSED);
    question.run();
  }

  private void decided(Runnable answer) {
    session
        .wire()
        .run(
            () -> {
              if (session.over()) {
                return;
              }
              deciding = false;
              answer.run();
              ArrayDeque<Jt808Frame> waiting = held;
              while (waiting != null && !waiting.isEmpty() && !deciding && !session.over()) {
                session.handle(waiting.removeFirst());
              }
              if (!deciding && !session.over()) {
                held = null;
                session.wire().read(Wire.Reading.ON);
              }
            });
  }
}
