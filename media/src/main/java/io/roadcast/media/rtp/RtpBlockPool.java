package io.roadcast.media.rtp;

import io.roadcast.media.Codec;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Memory of {@link RtpBlock}s in size classes of 2^n and 1.5 * 2^n bytes. Blocks may be made and
 * released on any thread.
 *
 * <p>With the system property {@code roadcast.leakDetection=true} the pool remembers where each
 * block in use was made; {@link #leaks()} tells.
 */
public final class RtpBlockPool implements AutoCloseable {
  /** Which memory the packet encryption reads fastest. */
  public enum Backing {
    /** byte arrays, for the JDK's ciphers. */
    HEAP,
    /** Off-heap memory, for native code. */
    NATIVE
  }

  /** A piece of memory of one size class. */
  record Memory(MemorySegment segment, int sizeClass) {}

  private static final int SMALLEST_BITS = 8;
  private static final int LARGEST_BITS = 23;
  private static final int CLASSES = (LARGEST_BITS - SMALLEST_BITS) * 2 + 1;

  /** The largest block in bytes; {@link RtpBlockWriter} refuses more. */
  public static final int MAX_BLOCK_BYTES = 1 << LARGEST_BITS;

  private final Backing backing;
  private final long maxIdleBytes;
  private final FreeList[] free = new FreeList[CLASSES];
  private final AtomicLong idleBytes = new AtomicLong();
  private final AtomicLong blocksInUse = new AtomicLong();
  private final AtomicLong bytesInUse = new AtomicLong();
  private final LongAdder made = new LongAdder();
  private final boolean detectLeaks = Boolean.getBoolean("roadcast.leakDetection");
  private final Map<RtpBlock, Throwable> inUse = new ConcurrentHashMap<>();

  private static final class FreeList extends ConcurrentLinkedQueue<Memory> {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param maxIdleBytes how much unused memory is kept for later blocks; what is beyond it goes
   *     back to the collector or the system
   */
  public RtpBlockPool(Backing backing, long maxIdleBytes) {
    this.backing = backing;
    this.maxIdleBytes = maxIdleBytes;
    Arrays.setAll(free, index -> new FreeList());
  }

  public Backing backing() {
    return backing;
  }

  /** Blocks that somebody holds a reference of. */
  public long blocksInUse() {
    return blocksInUse.get();
  }

  /** Memory of the blocks in use, whole size classes, in bytes. */
  public long bytesInUse() {
    return bytesInUse.get();
  }

  /** Memory that waits to be used again, in bytes. */
  public long idleBytes() {
    return idleBytes.get();
  }

  /** How many blocks were made since the pool was made. */
  public long blocksMade() {
    return made.sum();
  }

  /** With leak detection on: for each block in use the place where it was made. */
  public Map<RtpBlock, Throwable> leaks() {
    return Map.copyOf(inUse);
  }

  Memory take(int bytes) {
    int sizeClass = sizeClass(bytes);
    Memory memory = free[sizeClass].poll();
    if (memory != null) {
      idleBytes.addAndGet(-classBytes(sizeClass));
      return memory;
    }
    int size = classBytes(sizeClass);
    MemorySegment segment =
        switch (backing) {
          case HEAP -> MemorySegment.ofArray(new byte[size]);
          case NATIVE -> SystemMemory.allocate(size);
        };
    return new Memory(segment, sizeClass);
  }

  RtpBlock block(
      Memory memory,
      Codec codec,
      boolean keyframe,
      long timeMicros,
      long receivedNanos,
      int[] ends) {
    RtpBlock block = new RtpBlock(this, memory, codec, keyframe, timeMicros, receivedNanos, ends);
    made.increment();
    blocksInUse.incrementAndGet();
    bytesInUse.addAndGet(classBytes(memory.sizeClass));
    if (detectLeaks) {
      inUse.put(block, new Throwable("block made here"));
    }
    return block;
  }

  void recycle(RtpBlock block, Memory memory) {
    blocksInUse.decrementAndGet();
    bytesInUse.addAndGet(-classBytes(memory.sizeClass));
    if (detectLeaks) {
      inUse.remove(block);
    }
    keep(memory);
  }

  /** Takes memory back that became no block. */
  void keep(Memory memory) {
    int size = classBytes(memory.sizeClass);
    if (idleBytes.get() + size > maxIdleBytes) {
      discard(memory);
      return;
    }
    idleBytes.addAndGet(size);
    free[memory.sizeClass].add(memory);
  }

  /** Frees the memory that waits. No block of this pool may be in use any more. */
  @Override
  public void close() {
    for (FreeList list : free) {
      for (Memory memory = list.poll(); memory != null; memory = list.poll()) {
        idleBytes.addAndGet(-classBytes(memory.sizeClass));
        discard(memory);
      }
    }
  }

  private void discard(Memory memory) {
    if (backing == Backing.NATIVE) {
      SystemMemory.free(memory.segment);
    }
  }

  static int sizeClass(int bytes) {
    if (bytes > MAX_BLOCK_BYTES) {
      throw new IllegalArgumentException(bytes + " bytes are more than a block can hold");
    }
    int bits = Math.max(SMALLEST_BITS, 32 - Integer.numberOfLeadingZeros(Math.max(bytes, 1) - 1));
    int whole = (bits - SMALLEST_BITS) * 2;
    return whole > 0 && bytes <= classBytes(whole - 1) ? whole - 1 : whole;
  }

  static int classBytes(int sizeClass) {
    int power = 1 << (SMALLEST_BITS + sizeClass / 2);
    return sizeClass % 2 == 0 ? power : power + power / 2;
  }
}
