package io.roadcast.signaling.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A bucket of permits for each key: so many at once, so many per second in the long run. Remembers
 * a bounded number of keys; the one not seen for longest is forgotten first.
 */
public final class RateLimiter {
  private static final double NANOS = 1e9;

  private static final class Bucket {
    private double permits;
    private long nanos;

    Bucket(double permits, long nanos) {
      this.permits = permits;
      this.nanos = nanos;
    }
  }

  private final int burst;
  private final double perSecond;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets;
  private final LongAdder refused = new LongAdder();

  public RateLimiter(int burst, double perSecond, int maxKeys) {
    this(burst, perSecond, maxKeys, System::nanoTime);
  }

  RateLimiter(int burst, double perSecond, int maxKeys, LongSupplier nanoTime) {
    if (burst < 1 || !(perSecond > 0) || maxKeys < 1) {
      throw new IllegalArgumentException("limits of a rate are positive");
    }
    this.burst = burst;
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.buckets = new LeastRecent(maxKeys);
  }

  /** Takes a permit. Returns zero if there was one, else how long to wait for it. */
  public Duration take(String key) {
    synchronized (buckets) {
      long now = nanoTime.getAsLong();
      Bucket bucket = buckets.computeIfAbsent(key, fresh -> new Bucket(burst, now));
      bucket.permits =
          Math.min(burst, bucket.permits + Math.max(0, now - bucket.nanos) / NANOS * perSecond);
      bucket.nanos = now;
      if (bucket.permits >= 1) {
        bucket.permits -= 1;
        return Duration.ZERO;
      }
      refused.increment();
      return Duration.ofNanos((long) Math.ceil((1 - bucket.permits) / perSecond * NANOS));
    }
  }

  public long refused() {
    return refused.sum();
  }

  private static final class LeastRecent extends LinkedHashMap<String, Bucket> {
    private static final long serialVersionUID = 1L;
    private final int maxKeys;

    LeastRecent(int maxKeys) {
      super(16, 0.75f, true);
      this.maxKeys = maxKeys;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > maxKeys;
    }
  }
}
