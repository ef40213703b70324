package io.roadcast.events.rule;

import io.roadcast.events.SafetyEvent;
import io.roadcast.events.Verdict;
import io.roadcast.events.store.EventTables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** What rules would have done about events that are stored; does nothing. */
public final class DryRun {
  /** One of them, and what would have been done. */
  public record Judged(SafetyEvent event, Verdict verdict) {}

  private final EventTables tables;

  public DryRun(EventTables tables) {
    this.tables = tables;
  }

  /**
   * @param events in any order; judged in the order of their time
   */
  public List<Judged> run(RuleSet rules, List<SafetyEvent> events) {
    RuleSet fresh = rules.fresh();
    List<SafetyEvent> inOrder = new ArrayList<>(events);
    inOrder.sort(Comparator.comparing(SafetyEvent::at));
    List<List<UUID>> groups = tables.groups(inOrder);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < inOrder.size(); i++) {
      SafetyEvent event = inOrder.get(i);
      judged.add(new Judged(event, fresh.judge(event, groups.get(i))));
    }
    return judged;
  }
}
