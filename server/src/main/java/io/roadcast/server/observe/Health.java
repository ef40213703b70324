package io.roadcast.server.observe;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Whether this node can do its work, part by part. All methods may be called on any thread. */
public final class Health {
  /**
   * @param problem absent if the part works; else what is wrong, in words for the operator
   */
  public record Part(String name, Weight weight, Optional<String> problem) {}

  /** What it means for the node when a part does not work. */
  public enum Weight {
    /** It can not serve viewers. */
    ESSENTIAL,
    /** It serves viewers, but something else is missing. */
    HELPFUL
  }

  private record Check(String name, Weight weight, Supplier<Optional<String>> problem) {}

  private final List<Check> checks = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  /**
   * @param problem asked at each request; must not block
   */
  public void check(String part, Supplier<Optional<String>> problem) {
    checks.add(new Check(part, Weight.ESSENTIAL, problem));
  }

  /**
   * A part without which viewers are still served.
   *
   * @param problem asked at each request; must not block
   */
  public void checkHelpful(String part, Supplier<Optional<String>> problem) {
    checks.add(new Check(part, Weight.HELPFUL, problem));
  }

  /** From now on this node is not ready, so that nobody sends it new viewers. */
  public void stopping() {
    stopping = true;
  }

  public List<Part> parts() {
    if (stopping) {
      return List.of(new Part("server", Weight.ESSENTIAL, Optional.of("is stopping")));
    }
    return checks.stream()
        .map(check -> new Part(check.name, check.weight, check.problem.get()))
        .toList();
  }
}
