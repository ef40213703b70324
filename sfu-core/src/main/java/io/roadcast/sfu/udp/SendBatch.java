package io.roadcast.sfu.udp;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The worker's send slab and the runs in it that wait to be sent. A run is packets of one length
 * back to back, only the last may be shorter, to one peer: what can leave as one segmented
 * datagram.
 */
public final class SendBatch {
  private final MemorySegment slab;
  private final @Nullable PeerPath[] paths;
  private final int[] offsets;
  private final int[] lengths;
  private final int[] strides;
  private int runs;
  private int firstUnsent;
  private int used;

  /**
   * @param slab of the memory that the worker's encryption prefers
   */
  public SendBatch(MemorySegment slab, int maxRuns) {
    this.slab = slab;
    paths = new PeerPath[maxRuns];
    offsets = new int[maxRuns];
    lengths = new int[maxRuns];
    strides = new int[maxRuns];
  }

  public MemorySegment slab() {
    return slab;
  }

  public int runs() {
    return runs;
  }

  public int firstUnsent() {
    return firstUnsent;
  }

  public boolean isEmpty() {
    return runs == firstUnsent;
  }

  public PeerPath path(int run) {
    PeerPath path = paths[run];
    if (path == null) {
      throw new IllegalStateException("no run " + run);
    }
    return path;
  }

  /** Where the run begins in the slab. */
  public int offset(int run) {
    return offsets[run];
  }

  /** All bytes of the run. */
  public int length(int run) {
    return lengths[run];
  }

  /** From one packet to the next; a single packet may be shorter. */
  public int stride(int run) {
    return strides[run];
  }

  public int packets(int run) {
    return (lengths[run] + strides[run] - 1) / strides[run];
  }

  /** For ports: the first {@code packets} of the first unsent run are gone. */
  public void sentPart(int packets) {
    offsets[firstUnsent] += packets * strides[firstUnsent];
    lengths[firstUnsent] -= packets * strides[firstUnsent];
  }

  /** For ports: the first unsent run is gone, or given up. */
  public void sentRun() {
    paths[firstUnsent] = null;
    firstUnsent++;
    if (firstUnsent == runs) {
      runs = 0;
      firstUnsent = 0;
      used = 0;
    }
  }

  /** Where the next run can be written. */
  int position() {
    return used;
  }

  boolean hasRoom(int bytes) {
    return runs < paths.length && used + bytes <= slab.byteSize();
  }

  /** The run that was written behind the last one is complete. */
  public void add(PeerPath path, int length, int stride) {
    paths[runs] = path;
    offsets[runs] = used;
    lengths[runs] = length;
    strides[runs] = stride;
    runs++;
    used += length;
  }
}
