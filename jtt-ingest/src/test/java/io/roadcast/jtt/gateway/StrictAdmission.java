package io.roadcast.jtt.gateway;

import io.roadcast.jtt.jt808.Authentication;
import io.roadcast.jtt.jt808.Registration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Lets in who shows one code, and decides it on another thread after a while.
 *
 * @param hex of the code
 */
record StrictAdmission(String hex) implements Admission {
  private static final Executor ELSEWHERE = task -> Thread.ofVirtual().start(task);

  @Override
  public CompletionStage<Registered> register(Applicant applicant, Registration registration) {
    return CompletableFuture.supplyAsync(
        () -> Registered.refused(Registered.NO_SUCH_TERMINAL), ELSEWHERE);
  }

  @Override
  public CompletionStage<Verdict> authenticate(Applicant applicant, Authentication authentication) {
    return CompletableFuture.supplyAsync(
        () -> authentication.code().raw().toHex().equals(hex) ? Verdict.WELCOME : Verdict.REFUSED,
        ELSEWHERE);
  }

  @Override
  public void loggedOff(String terminal) {
    // Nothing is remembered.
  }
}
