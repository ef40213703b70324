package io.roadcast.jtt.port;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often something happened, by its reason. May be used on any thread. */
public final class ReasonCounts<E extends Enum<E>> {
  private final Map<E, LongAdder> adders;

  public ReasonCounts(Class<E> reasons) {
    adders = new EnumMap<>(reasons);
    for (E reason : reasons.getEnumConstants()) {
      adders.put(reason, new LongAdder());
    }
  }

  public void add(E reason, long times) {
    of(reason).add(times);
  }

  public long sum(E reason) {
    return of(reason).sum();
  }

  private LongAdder of(E reason) {
    LongAdder adder = adders.get(reason);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + reason);
    }
    return adder;
  }
}
