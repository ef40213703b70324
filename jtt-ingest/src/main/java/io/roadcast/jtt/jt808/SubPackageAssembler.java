package io.roadcast.jtt.jt808;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the parts of sub-packaged messages (JT/T 808-2019 section 4.4.3), of one connection or of
 * many terminals on one port. Parts may come in any order and more than once. Belongs to one
 * thread; its owner calls {@link #overdue()} now and then.
 */
public final class SubPackageAssembler {
  private static final int REMEMBERED = 64;

  /**
   * Parts of one message have consecutive serial numbers, so the first part's is the same for all.
   */
  private record Key(TerminalPhone terminal, int messageId, int total, int firstSerial) {
    static Key of(Jt808Header header) {
      return new Key(
          header.phone(), header.messageId(), header.packageTotal(), header.firstSerial());
    }
  }

  private final AssemblyLimits limits;
  private final InstantSource clock;
  private final Map<Key, OpenMessage> open = new LinkedHashMap<>();
  private final Map<Key, Instant> finished = new LinkedHashMap<>();
  private final Map<Key, Instant> tooLong = new LinkedHashMap<>();
  private long heldBytes;

  public SubPackageAssembler(AssemblyLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** Takes a frame whose header says that it is a part. */
  public Assembly add(Jt808Frame part) {
    Jt808Header header = part.header();
    PartFault fault = fault(header);
    if (fault != null) {
      return new Assembly.Rejected(fault);
    }
    if (header.packageTotal() == 1) {
      return new Assembly.Complete(new WholeMessage(header, part.body()));
    }
    Key key = Key.of(header);
    if (isRecent(finished, key)) {
      return new Assembly.Repeated();
    }
    if (isRecent(tooLong, key)) {
      remember(tooLong, key); // as long as its parts come
      return new Assembly.Rejected(PartFault.TOO_MANY_BYTES);
    }
    OpenMessage message = open.get(key);
    if (message == null) {
      if (openMessages(header.phone()) >= limits.maxOpenMessages()) {
        return new Assembly.Rejected(PartFault.TOO_MANY_OPEN_MESSAGES);
      }
      message = new OpenMessage(header.packageTotal());
    }
    return message.has(header.packageIndex())
        ? new Assembly.Waiting(message.received(), header.packageTotal())
        : keep(key, message, part);
  }

  private @Nullable PartFault fault(Jt808Header header) {
    if (header.packageIndex() < 1 || header.packageIndex() > header.packageTotal()) {
      return PartFault.INDEX_OUTSIDE_TOTAL;
    }
    if (header.packageTotal() > limits.maxParts()) {
      return PartFault.TOO_MANY_PARTS;
    }
    return header.encryption() != 0 ? PartFault.ENCRYPTED_PART : null;
  }

  private Assembly keep(Key key, OpenMessage message, Jt808Frame part) {
    if (message.bodyBytes() + part.body().length() > limits.maxMessageBytes()) {
      drop(key, message);
      remember(tooLong, key);
      return new Assembly.Rejected(PartFault.TOO_MANY_BYTES);
    }
    if (heldBytes + OpenMessage.cost(part) > limits.maxHeldBytes()) {
      return new Assembly.Rejected(PartFault.NO_ROOM);
    }
    open.put(key, message);
    message.add(part, clock.instant());
    heldBytes += OpenMessage.cost(part);
    if (!message.isComplete()) {
      return new Assembly.Waiting(message.received(), key.total());
    }
    drop(key, message);
    remember(finished, key);
    return new Assembly.Complete(message.join());
  }

  private void drop(Key key, OpenMessage message) {
    if (open.remove(key) != null) {
      heldBytes -= message.cost();
    }
  }

  private void remember(Map<Key, Instant> those, Key key) {
    those.remove(key);
    if (those.size() == REMEMBERED) {
      those.remove(those.keySet().iterator().next());
    }
    those.put(key, clock.instant());
  }

  /** A terminal repeats parts whose answer was lost; the serial number comes again much later. */
  private boolean isRecent(Map<Key, Instant> those, Key key) {
    Instant since = those.get(key);
    if (since == null) {
      return false;
    }
    if (since.plus(limits.idle()).isAfter(clock.instant())) {
      return true;
    }
    those.remove(key);
    return false;
  }

  /** A message that was complete counts as one that never came. */
  public void forgetFinished(Jt808Header part) {
    finished.remove(Key.of(part));
  }

  private int openMessages(TerminalPhone terminal) {
    int count = 0;
    for (Key key : open.keySet()) {
      if (key.terminal().equals(terminal)) {
        count++;
      }
    }
    return count;
  }

  /**
   * Messages for whose parts it was waited long enough: to be asked for again, or, where that was
   * done often enough, given up. A message comes again after the idle time.
   */
  public List<IncompleteMessage> overdue() {
    Instant latest = clock.instant().minus(limits.idle());
    List<IncompleteMessage> overdue = new ArrayList<>();
    Iterator<Map.Entry<Key, OpenMessage>> entries = open.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, OpenMessage> entry = entries.next();
      OpenMessage message = entry.getValue();
      if (!message.touchedAt().isAfter(latest)) {
        boolean abandoned = message.requests() == limits.maxRequests();
        if (abandoned) {
          entries.remove();
          heldBytes -= message.cost();
        } else {
          message.requested(clock.instant());
        }
        overdue.add(describe(entry.getKey(), message, abandoned));
      }
    }
    return overdue;
  }

  /** Every message of which parts are missing. */
  public List<IncompleteMessage> incomplete() {
    return open.entrySet().stream()
        .map(entry -> describe(entry.getKey(), entry.getValue(), false))
        .toList();
  }

  private static IncompleteMessage describe(Key key, OpenMessage message, boolean abandoned) {
    return new IncompleteMessage(
        key.terminal(),
        key.messageId(),
        key.total(),
        key.firstSerial(),
        message.missing(),
        message.requests(),
        message.first(),
        abandoned);
  }

  /** Forgets everything of a terminal, whose connection is at its end. */
  public void forget(TerminalPhone terminal) {
    open.entrySet()
        .removeIf(
            entry -> {
              boolean gone = entry.getKey().terminal().equals(terminal);
              heldBytes -= gone ? entry.getValue().cost() : 0;
              return gone;
            });
    finished.keySet().removeIf(key -> key.terminal().equals(terminal));
    tooLong.keySet().removeIf(key -> key.terminal().equals(terminal));
  }

  /** What the open messages take, roughly. */
  public long heldBytes() {
    return heldBytes;
  }
}
