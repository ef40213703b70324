package io.roadcast.sfu.linux;

import io.roadcast.sfu.udp.SendBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Where the kernel finds a batch's bytes: in the slab itself if that lies outside the heap, else in
 * a copy. The JDK's ciphers are faster on the heap by more than the copy costs.
 */
final class Staging {
  private final Arena arena;
  private MemorySegment copy = MemorySegment.NULL;

  Staging(Arena arena) {
    this.arena = arena;
  }

  /** The address that offsets of the batch count from. Valid until the batch is written to. */
  long address(SendBatch batch) {
    MemorySegment slab = batch.slab();
    if (slab.isNative()) {
      return slab.address();
    }
    if (copy.byteSize() < slab.byteSize()) {
      copy = arena.allocate(slab.byteSize(), 64);
    }
    int last = batch.runs() - 1;
    long from = batch.offset(batch.firstUnsent());
    long to = (long) batch.offset(last) + batch.length(last);
    MemorySegment.copy(slab, from, copy, from, to - from);
    return copy.address();
  }
}
