package io.roadcast.jtt.gateway;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authenticated terminals, and those who want to know of them. */
final class LinkRegistry implements TerminalLinks {
  private static final Logger LOG = LoggerFactory.getLogger(LinkRegistry.class);

  private final ConcurrentHashMap<String, ActiveLink> links = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<TerminalListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong epochs = new AtomicLong();
  private final Replacements replacements = new Replacements();
  private final GatewayStatistics statistics;
  private final InstantSource clock;

  LinkRegistry(GatewayStatistics statistics, InstantSource clock) {
    this.statistics = statistics;
    this.clock = clock;
  }

  @Override
  public Optional<TerminalLink> find(String terminal) {
    return Optional.ofNullable(links.get(terminal));
  }

  @Override
  public Registration listen(TerminalListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  Set<String> terminals() {
    return Set.copyOf(links.keySet());
  }

  int size() {
    return links.size();
  }

  List<IdentityConflict> conflicts() {
    return replacements.conflicts(clock.instant());
  }

  /** A terminal authenticated itself: its former link, if any, is over. */
  ActiveLink online(String terminal, LinkSession session) {
    ActiveLink fresh = new ActiveLink(terminal, epochs.incrementAndGet(), session);
    ActiveLink former = links.put(terminal, fresh);
    if (former != null) {
      replace(former, fresh);
    }
    tell(listener -> listener.online(fresh));
    return fresh;
  }

  private void replace(ActiveLink former, ActiveLink fresh) {
    statistics.replaced();
    tell(listener -> listener.offline(former.terminal(), former.epoch()));
    InetAddress before = former.remote().getAddress();
    InetAddress now = fresh.remote().getAddress();
    if (!before.equals(now)) {
      IdentityConflict conflict = replacements.note(former.terminal(), now, clock.instant());
      if (conflict != null) {
        statistics.conflict();
        LOG.warn(
            "[jt808] {} {}: connections from {} replace each other",
            IdentityConflict.CODE,
            conflict.terminal(),
            conflict.addresses());
        tell(listener -> listener.conflict(conflict));
      }
    }
    former.session().replacedBy(fresh, former);
  }

  /** A link is over; nothing happens if it was replaced before. */
  void offline(ActiveLink link) {
    if (links.remove(link.terminal(), link)) {
      tell(listener -> listener.offline(link.terminal(), link.epoch()));
    }
  }

  /** Tells all listeners; one that fails does not keep the others from it. */
  void tell(Consumer<TerminalListener> what) {
    for (TerminalListener listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException mistake) {
        LOG.error("[jt808] a listener failed", mistake);
      }
    }
  }

  @Nullable ActiveLink active(String terminal) {
    return links.get(terminal);
  }
}
