package io.roadcast.media.rtp;

import io.roadcast.media.Codec;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One access unit, or one block of sound, cut into RTP payloads once and then shared by everybody
 * who forwards it. It holds payloads, not packets: headers differ per viewer. The payloads stand
 * one behind the other in {@link #bytes()}; all but the last one of a fragmented NAL unit have one
 * length, so that a run of them can leave as one segmented datagram.
 *
 * <p>Immutable and reference-counted: whoever is handed a block owns one reference and gives it
 * back with {@link #release()}; the last release returns the memory to its pool. All methods may be
 * called on any thread while a reference is held.
 */
public final class RtpBlock {
  private static final VarHandle REFERENCES;

  static {
    try {
      REFERENCES = MethodHandles.lookup().findVarHandle(RtpBlock.class, "references", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final RtpBlockPool pool;
  private final RtpBlockPool.Memory memory;
  private final Codec codec;
  private final boolean keyframe;
  private final long timeMicros;
  private final long receivedNanos;

  /** Packet i stands from ends[i - 1] (or 0) to ends[i], exclusive. */
  private final int[] ends;

  @SuppressWarnings("FieldMayBeFinal") // written through REFERENCES
  private volatile int references = 1;

  RtpBlock(
      RtpBlockPool pool,
      RtpBlockPool.Memory memory,
      Codec codec,
      boolean keyframe,
      long timeMicros,
      long receivedNanos,
      int[] ends) {
    this.pool = pool;
    this.memory = memory;
    this.codec = codec;
    this.keyframe = keyframe;
    this.timeMicros = timeMicros;
    this.receivedNanos = receivedNanos;
    this.ends = ends;
  }

  public Codec codec() {
    return codec;
  }

  /** Whether decoding can start with this block. Always false for sound. */
  public boolean keyframe() {
    return keyframe;
  }

  /**
   * Time of the frame on its stream's timeline in microseconds, never running backwards per track.
   */
  public long timeMicros() {
    return timeMicros;
  }

  /** {@link #timeMicros()} in ticks of the codec's RTP clock, not yet cut to 32 bits. */
  public long timeTicks() {
    return Math.floorDiv(timeMicros * (codec.clockRate() / 1000), 1000L);
  }

  /** {@link System#nanoTime()} when the frame's last byte came in from its source. */
  public long receivedNanos() {
    return receivedNanos;
  }

  /** At least 1. The RTP marker belongs on the last packet of a picture. */
  public int packetCount() {
    return ends.length;
  }

  /** Sum of all payloads' lengths in bytes. */
  public int payloadBytes() {
    return ends[ends.length - 1];
  }

  /** Where payload {@code packet} begins in {@link #bytes()}. */
  public int payloadOffset(int packet) {
    return packet == 0 ? 0 : ends[packet - 1];
  }

  public int payloadLength(int packet) {
    return ends[packet] - payloadOffset(packet);
  }

  /**
   * The payloads. Heap-backed with an offset of 0 (see {@link MemorySegment#heapBase()}) or
   * off-heap, as the pool was made. Read only by contract; longer than {@link #payloadBytes()}.
   */
  public MemorySegment bytes() {
    return memory.segment();
  }

  /** Takes one more reference and returns this block. */
  public RtpBlock retain() {
    int before;
    do {
      before = references;
      if (before <= 0) {
        throw new IllegalStateException("block was already returned to its pool");
      }
    } while (!REFERENCES.compareAndSet(this, before, before + 1));
    return this;
  }

  /** Gives one reference back; the block must not be touched through it any more. */
  public void release() {
    int before;
    do {
      before = references;
      if (before <= 0) {
        throw new IllegalStateException("block released more often than retained");
      }
    } while (!REFERENCES.compareAndSet(this, before, before - 1));
    if (before == 1) {
      pool.recycle(this, memory);
    }
  }

  @Override
  public String toString() {
    return codec
        + (keyframe ? " keyframe" : "")
        + " at "
        + timeMicros
        + " us, "
        + ends.length
        + " packets, "
        + payloadBytes()
        + " bytes";
  }
}
