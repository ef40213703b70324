package io.roadcast.simulator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The channels that one source feeds at the moment. Any thread may join and leave. */
final class Outlet {
  /** One channel on one connection. */
  record Place(Uplink uplink, int channel) {}

  private final List<Place> places = new CopyOnWriteArrayList<>();
  private final AtomicBoolean newcomer = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition joined = lock.newCondition();

  void join(Place place) {
    place.uplink.awaitKeyframe(place.channel);
    lock.lock();
    try {
      places.add(place);
      newcomer.set(true);
      joined.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Somebody is ready only now, and needs a keyframe to begin with. */
  void wantKeyframe() {
    newcomer.set(true);
  }

  void leave(Place place) {
    places.remove(place);
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Whether somebody joined since this was asked last, who needs a keyframe to begin with. */
  boolean takeNewcomer() {
    return newcomer.getAndSet(false);
  }

  /** Waits until somebody is there. */
  void awaitPlace() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (places.isEmpty()) {
        joined.await();
      }
    } finally {
      lock.unlock();
    }
  }

  void offer(Item item) {
    for (Place place : places) {
      place.uplink.offer(item, place.channel);
    }
  }
}
