package io.roadcast.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says which terminal is meant by a number that came over the wire. A copy in memory of what the
 * database holds, so it never blocks and may be asked on any thread; it keeps answering while the
 * database is away.
 */
public final class IdentityResolver {
  /**
   * A terminal and what it goes by.
   *
   * @param numbers phone, media ids and aliases, in the form of {@link TerminalDigits}
   * @param imeis IMEIs and aliases
   */
  public record Entry(KnownTerminal terminal, Set<String> numbers, Set<String> imeis) {
    public Entry {
      numbers = Set.copyOf(numbers);
      imeis = Set.copyOf(imeis);
    }
  }

  private final Map<String, List<KnownTerminal>> byNumber = new ConcurrentHashMap<>();
  private final Map<String, List<KnownTerminal>> byImei = new ConcurrentHashMap<>();
  private final Map<UUID, Entry> entries = new ConcurrentHashMap<>();
  private volatile boolean loaded;

  /**
   * Who has this phone number (JT/T 808, 12 or 20 digits).
   *
   * @param raw the number's bytes as they came; null if they are not at hand
   */
  public Resolution byPhone(String digits, byte @Nullable [] raw) {
    Set<String> candidates = new HashSet<>();
    String normal = TerminalDigits.of(digits).orElse(digits);
    candidates.add(normal);
    if (raw != null) {
      candidates.add(TerminalDigits.of(raw));
    }
    return numbers(normal, candidates);
  }

  /** Who has this id in its media packets (JT/T 1078, 6 or 10 bytes, possibly not BCD). */
  public Resolution byMediaId(byte[] raw) {
    String digits = TerminalDigits.of(raw);
    return numbers(digits, Set.of(digits));
  }

  /** Who has this number, whatever sort of number it is. */
  public Resolution byNumber(String digits) {
    return byPhone(digits, null);
  }

  public Resolution byImei(String imei) {
    String digits = TerminalDigits.of(imei).orElse(imei);
    return resolution(digits, byImei.getOrDefault(digits, List.of()));
  }

  public Optional<KnownTerminal> find(UUID terminal) {
    return Optional.ofNullable(entries.get(terminal)).map(Entry::terminal);
  }

  /** Whether it was ever told who there is; before that nobody is known. */
  public boolean loaded() {
    return loaded;
  }

  /** How many terminals are known. */
  public int size() {
    return entries.size();
  }

  private Resolution numbers(String digits, Set<String> candidates) {
    Map<UUID, KnownTerminal> found = new LinkedHashMap<>();
    for (String candidate : candidates) {
      collect(candidate, found);
      TerminalDigits.readAsBinary(candidate).ifPresent(number -> collect(number, found));
    }
    return resolution(digits, found.values());
  }

  private void collect(String number, Map<UUID, KnownTerminal> found) {
    for (KnownTerminal terminal : byNumber.getOrDefault(number, List.of())) {
      found.put(terminal.id(), terminal);
    }
  }

  private static Resolution resolution(String digits, Collection<KnownTerminal> found) {
    return switch (found.size()) {
      case 0 -> new Resolution.Unknown(digits);
      case 1 -> new Resolution.Known(found.iterator().next());
      default -> new Resolution.Ambiguous(found.stream().map(KnownTerminal::id).toList());
    };
  }

  /** From now on just these terminals are known. */
  public synchronized void replaceAll(Collection<Entry> present) {
    Set<UUID> gone = new HashSet<>(entries.keySet());
    for (Entry entry : present) {
      gone.remove(entry.terminal().id());
      put(entry);
    }
    gone.forEach(this::remove);
    loaded = true;
  }

  /**
   * @param terminals that may have changed
   * @param present those of them that exist
   */
  public synchronized void replace(Collection<UUID> terminals, Collection<Entry> present) {
    Set<UUID> gone = new HashSet<>(terminals);
    for (Entry entry : present) {
      gone.remove(entry.terminal().id());
      put(entry);
    }
    gone.forEach(this::remove);
  }

  private void put(Entry entry) {
    Entry before = entries.put(entry.terminal().id(), entry);
    if (entry.equals(before)) {
      return;
    }
    // The new names first: a terminal that keeps a name is not unknown in between.
    entry.numbers().forEach(number -> add(byNumber, number, entry.terminal()));
    entry.imeis().forEach(imei -> add(byImei, imei, entry.terminal()));
    if (before != null) {
      forget(byNumber, before.numbers(), entry.numbers(), before.terminal().id());
      forget(byImei, before.imeis(), entry.imeis(), before.terminal().id());
    }
  }

  private void remove(UUID terminal) {
    Entry before = entries.remove(terminal);
    if (before != null) {
      forget(byNumber, before.numbers(), Set.of(), terminal);
      forget(byImei, before.imeis(), Set.of(), terminal);
    }
  }

  private static void add(
      Map<String, List<KnownTerminal>> index, String key, KnownTerminal terminal) {
    index.merge(key, List.of(terminal), (had, added) -> without(had, terminal.id(), terminal));
  }

  private static void forget(
      Map<String, List<KnownTerminal>> index, Set<String> had, Set<String> kept, UUID terminal) {
    for (String key : had) {
      if (!kept.contains(key)) {
        index.computeIfPresent(
            key,
            (number, terminals) -> {
              List<KnownTerminal> left = without(terminals, terminal, null);
              return left.isEmpty() ? null : left;
            });
      }
    }
  }

  private static List<KnownTerminal> without(
      List<KnownTerminal> had, UUID terminal, @Nullable KnownTerminal instead) {
    List<KnownTerminal> left = new ArrayList<>(had.size());
    for (KnownTerminal other : had) {
      if (!other.id().equals(terminal)) {
        left.add(other);
      }
    }
    if (instead != null) {
      left.add(instead);
    }
    return List.copyOf(left);
  }
}
