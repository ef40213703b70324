package io.roadcast.events;

import java.util.List;

/**
 * What the rules make of an event.
 *
 * @param suppressed it is kept, but nobody is told and nothing is done
 * @param attention it needs somebody's attention
 * @param tasks empty if it is suppressed
 * @param rules names of those that matched
 */
public record Verdict(
    Severity severity,
    boolean suppressed,
    boolean attention,
    List<TaskWish> tasks,
    List<String> rules) {
  public Verdict {
    tasks = suppressed ? List.of() : List.copyOf(tasks);
    rules = List.copyOf(rules);
  }

  /** As it was reported. */
  public static Verdict plain(SafetyEvent event) {
    return new Verdict(event.severity(), false, false, List.of(), List.of());
  }
}
