package io.roadcast.jtt.live;

import io.roadcast.fleet.KnownTerminal;
import io.roadcast.jtt.live.BudgetStore.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes terminals and organizations may use in a month, and whether they have: a copy in
 * memory of what the store holds. Any thread; {@link #refresh} and {@link #set} block.
 */
public final class DataBudgets implements DataBudget {
  /** No budget: as much as it likes. */
  public static final long UNLIMITED = 0;

  private final BudgetStore store;
  private final DataUsage usage;
  private final Function<String, Optional<KnownTerminal>> fleet;
  private final long usual;
  private final Map<UUID, Long> ofTerminals = new ConcurrentHashMap<>();
  private final Map<UUID, Long> ofOrganizations = new ConcurrentHashMap<>();

  /** Bytes of this month by organization, as of the last refresh: summing them up takes a while. */
  private volatile Map<UUID, Long> sums = Map.of();

  /**
   * @param fleet who has these digits; must not block
   * @param usual bytes for a terminal that has no budget of its own, or {@link #UNLIMITED}
   */
  public DataBudgets(
      BudgetStore store,
      DataUsage usage,
      Function<String, Optional<KnownTerminal>> fleet,
      long usual) {
    this.store = store;
    this.usage = usage;
    this.fleet = fleet;
    this.usual = usual;
  }

  @Override
  public Verdict of(String terminal) {
    Optional<KnownTerminal> known = fleet.apply(terminal);
    long budget = known.map(each -> ofTerminal(each.id())).orElse(usual);
    if (budget != UNLIMITED && usage.bytes(terminal) >= budget) {
      return Verdict.TERMINAL_SPENT;
    }
    boolean spent =
        known.map(KnownTerminal::organization).filter(this::organizationSpent).isPresent();
    return spent ? Verdict.ORGANIZATION_SPENT : Verdict.WITHIN;
  }

  private boolean organizationSpent(UUID organization) {
    long budget = ofOrganization(organization);
    return budget != UNLIMITED && sums.getOrDefault(organization, 0L) >= budget;
  }

  /** Its own budget, else the usual one. */
  public long ofTerminal(UUID terminal) {
    return ofTerminals.getOrDefault(terminal, usual);
  }

  /** What a terminal may use that has no budget of its own. */
  public long usual() {
    return usual;
  }

  public long ofOrganization(UUID organization) {
    return ofOrganizations.getOrDefault(organization, UNLIMITED);
  }

  /** How many bytes the terminals that belong to an organization now have sent in this month. */
  public long bytesOf(UUID organization) {
    return usage.terminals().stream()
        .filter(terminal -> belongsTo(terminal, organization))
        .mapToLong(usage::bytes)
        .sum();
  }

  /** Whether the terminal of these digits belongs to the organization. */
  public boolean belongsTo(String terminal, UUID organization) {
    return fleet.apply(terminal).filter(it -> it.organization().equals(organization)).isPresent();
  }

  /** How many terminals may not use more data. */
  public long spentTerminals() {
    return usage.terminals().stream().filter(terminal -> of(terminal).spent()).count();
  }

  /**
   * From now on it may use this much.
   *
   * @param monthlyBytes {@link #UNLIMITED} for as much as it likes; null for what is usual, which
   *     for an organization is no limit
   */
  public synchronized void set(Kind kind, UUID id, @Nullable Long monthlyBytes) {
    store.set(kind, id, monthlyBytes);
    Map<UUID, Long> kept = kind == Kind.TERMINAL ? ofTerminals : ofOrganizations;
    if (monthlyBytes == null) {
      kept.remove(id);
    } else {
      kept.put(id, monthlyBytes);
    }
    sumUp();
  }

  /** Learns what the store has and what organizations have used. */
  public synchronized void refresh() {
    sumUp();
    replace(ofTerminals, store.load(Kind.TERMINAL));
    replace(ofOrganizations, store.load(Kind.ORGANIZATION));
  }

  private static void replace(Map<UUID, Long> kept, Map<UUID, Long> present) {
    kept.keySet().retainAll(present.keySet());
    kept.putAll(present);
  }

  private void sumUp() {
    Map<UUID, Long> found = new HashMap<>();
    for (String terminal : usage.terminals()) {
      fleet
          .apply(terminal)
          .ifPresent(known -> found.merge(known.organization(), usage.bytes(terminal), Long::sum));
    }
    sums = Map.copyOf(found);
  }
}
