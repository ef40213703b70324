package io.roadcast.jtt.gateway;

/**
 * The latest messages of one terminal, to know one that is repeated. A terminal that was switched
 * off counts its serial numbers from 0 again, so that serial and id alone do not make a repetition;
 * the body must be the same too. Guarded by its monitor: the next link of a terminal may be on
 * another thread.
 */
final class RecentMessages {
  private static final int KEPT = 16;

  /**
   * A server that ends may owe a busy terminal many acknowledgements, and slow disks more of them;
   * it repeats all those.
   */
  private static final int RECALLED = 256;

  private long[] marks = new long[KEPT];
  private int next;
  private int count;

  /** Remembers a message; false if it was remembered before. */
  synchronized boolean isNew(int id, int serial, int bodyHash) {
    long mark = mark(id, serial, bodyHash);
    if (position(mark) >= 0) {
      return false;
    }
    add(mark);
    return true;
  }

  /** Remembers one of a time before this server, beside all others of that time. */
  synchronized void recall(int id, int serial, int bodyHash) {
    long mark = mark(id, serial, bodyHash);
    if (position(mark) >= 0) {
      return;
    }
    if (count == marks.length && count < RECALLED) {
      long[] more = new long[2 * count];
      System.arraycopy(marks, next, more, 0, count - next);
      System.arraycopy(marks, 0, more, count - next, next);
      marks = more;
      next = count;
    }
    add(mark);
  }

  private void add(long mark) {
    marks[next] = mark;
    next = (next + 1) % marks.length;
    count = Math.min(marks.length, count + 1);
  }

  /** Whether it is remembered. */
  synchronized boolean holds(int id, int serial, int bodyHash) {
    return position(mark(id, serial, bodyHash)) >= 0;
  }

  /** What was not kept is new when it comes again. */
  synchronized void forget(int id, int serial, int bodyHash) {
    int at = position(mark(id, serial, bodyHash));
    if (at >= 0) {
      marks[at] = -1; // of no message of a terminal: 0xffff is no id
    }
  }

  private int position(long mark) {
    for (int i = 0; i < count; i++) {
      if (marks[i] == mark) {
        return i;
      }
    }
    return -1;
  }

  private static long mark(int id, int serial, int bodyHash) {
    return (long) id << 48 | (long) serial << 32 | Integer.toUnsignedLong(bodyHash);
  }
}
