package io.roadcast.events.rule;

import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Severity;
import io.roadcast.events.TaskWish;
import io.roadcast.events.Verdict;
import io.roadcast.events.action.ActionKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Rules that are asked one after another; a later one sees the severity that an earlier one gave.
 * Of several wishes for the same action the first counts. Any thread.
 */
public final class RuleSet {
  private final List<Rule> rules;
  private final RecentEvents recent = new RecentEvents();

  RuleSet(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The same rules, which have not seen any event. */
  public RuleSet fresh() {
    return new RuleSet(rules);
  }

  public int size() {
    return rules.size();
  }

  /** What is to be done about a new event. */
  Verdict judge(SafetyEvent event, List<UUID> groups) {
    Severity severity = event.severity();
    boolean suppressed = false;
    boolean attention = false;
    List<String> matched = new ArrayList<>();
    Map<String, TaskWish> tasks = new LinkedHashMap<>();
    for (Rule rule : rules) {
      if (!rule.when().fits(event, severity, groups) || !oftenEnough(rule, event)) {
        continue;
      }
      matched.add(rule.name());
      Consequence then = rule.then();
      severity = then.severity() == null ? severity : then.severity();
      attention |= then.attention();
      suppressed |= repeats(rule, event);
      then.tasks().stream()
          .filter(task -> sensible(task, event))
          .forEach(task -> tasks.putIfAbsent(task.action(), task));
    }
    return new Verdict(
        severity, suppressed, attention && !event.backlog(), List.copyOf(tasks.values()), matched);
  }

  private boolean oftenEnough(Rule rule, SafetyEvent event) {
    Match.Rate rate = rule.when().rate();
    return rate == null
        || recent.count(rule.name() + " rate " + event.terminal(), event.at(), rate.within())
            >= rate.count();
  }

  private boolean repeats(Rule rule, SafetyEvent event) {
    String key = rule.name() + " " + event.type() + " " + event.terminal();
    return rule.then().suppressRepeats() != null
        && recent.repeats(key, event.at(), rule.then().suppressRepeats());
  }

  /** Nothing live is done about what is old, and nothing is asked for that there is none of. */
  private static boolean sensible(TaskWish task, SafetyEvent event) {
    ActionKind action = ActionKind.ofLabel(task.action());
    return switch (action) {
      case RECORD, TEXT -> !event.backlog();
      case ATTACHMENTS -> event.files() != null;
      case CLIP -> true;
    };
  }
}
