package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.Registration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Lets every terminal in, with any code: for demonstrations and first steps. */
public final class OpenAdmission implements Admission {
  private final Consumer<Applicant> seen;

  public OpenAdmission() {
    this(applicant -> {});
  }

  /**
   * @param seen is told of everybody who came in; must not block
   */
  public OpenAdmission(Consumer<Applicant> seen) {
    this.seen = seen;
  }

  /** The code is the terminal's number: nothing has to be remembered to give the same again. */
  @Override
  public CompletionStage<Registered> register(Applicant applicant, Registration registration) {
    return CompletableFuture.completedFuture(Registered.with(applicant.terminal()));
  }

  @Override
  public CompletionStage<Verdict> authenticate(Applicant applicant, Authentication authentication) {
    seen.accept(applicant);
    return CompletableFuture.completedFuture(Verdict.WELCOME);
  }

  @Override
  public void loggedOff(String terminal) {
    // There is no registration to take back.
  }
}
