package io.roadcast.server;

import io.roadcast.media.Codec;
import io.roadcast.sfu.router.Renditions;
import io.roadcast.sfu.router.Stream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Renditions for recordings: so many streams at once and no more, so that those who listen find
 * room. Any thread.
 */
final class RecordedShare implements Renditions {
  private final Renditions all;
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  RecordedShare(Renditions all, int most) {
    this.all = all;
    this.most = most;
  }

  @Override
  public boolean converts(Codec sound) {
    return taken.get() < most && all.converts(sound);
  }

  @Override
  public Lease take(Stream stream, Codec sound) {
    taken.incrementAndGet();
    Lease lease = all.take(stream, sound);
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.compareAndSet(true, false)) {
        taken.decrementAndGet();
        lease.close();
      }
    };
  }
}
