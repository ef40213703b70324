package io.roadcast.jtt.gateway;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds terminals that replace each other again and again. May be used on any thread. */
final class Replacements {
  /** More than so many in the window, from different addresses, are a conflict. */
  static final int HARMLESS = 3;

  static final Duration WINDOW = Duration.ofMinutes(5);

  /** Of one terminal, the latest. */
  private static final int REMEMBERED = 32;

  /** When all are looked through: not each time, as a whole fleet may come anew at once. */
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private record Once(Instant at, InetAddress from) {}

  private final Map<String, ArrayDeque<Once>> recent = new HashMap<>();
  private final Map<String, IdentityConflict> conflicts = new HashMap<>();
  private Instant swept = Instant.EPOCH;

  /**
   * Notes that a link was replaced by one from another address.
   *
   * @return the conflict if this made it one
   */
  synchronized @Nullable IdentityConflict note(String terminal, InetAddress from, Instant now) {
    if (!now.isBefore(swept.plus(SWEEP))) {
      sweep(now);
    }
    ArrayDeque<Once> those = recent.computeIfAbsent(terminal, fresh -> new ArrayDeque<>());
    forgetBefore(now.minus(WINDOW), those);
    if (those.isEmpty()) {
      conflicts.remove(terminal);
    } else if (those.size() == REMEMBERED) {
      those.removeFirst();
    }
    those.add(new Once(now, from));
    Set<InetAddress> addresses = new HashSet<>();
    those.forEach(each -> addresses.add(each.from()));
    if (those.size() <= HARMLESS || addresses.size() < 2) {
      return null;
    }
    IdentityConflict known = conflicts.get(terminal);
    IdentityConflict present =
        new IdentityConflict(terminal, addresses, known == null ? now : known.since());
    conflicts.put(terminal, present);
    return known == null ? present : null;
  }

  private static void forgetBefore(Instant oldest, ArrayDeque<Once> those) {
    while (!those.isEmpty() && those.getFirst().at().isBefore(oldest)) {
      those.removeFirst();
    }
  }

  private void sweep(Instant now) {
    swept = now;
    Iterator<Map.Entry<String, ArrayDeque<Once>>> all = recent.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, ArrayDeque<Once>> each = all.next();
      forgetBefore(now.minus(WINDOW), each.getValue());
      if (each.getValue().isEmpty()) {
        all.remove();
        conflicts.remove(each.getKey());
      }
    }
  }

  /** The conflicts of the last minutes. */
  synchronized List<IdentityConflict> conflicts(Instant now) {
    sweep(now);
    return List.copyOf(conflicts.values());
  }
}
