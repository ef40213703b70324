package io.roadcast.sfu.srtp;

import io.roadcast.media.rtp.RtpBlock;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Encrypts with a native library, one call a packet, from a block outside the heap straight into
 * the slab. It makes nothing for the collector. Payloads of a block in the heap are copied first.
 */
public final class NativeSrtpEngine implements SrtpEngine {
  private static final int SEQUENCE_NUMBER = 2;
  private static final int SSRC = 8;

  /** What a library does for this engine. */
  interface Library {
    /** For logs and metrics. */
    String name();

    /** Makes a context; {@code closed} is run once, when it has been closed. */
    NativeContext context(SrtpProfile profile, SessionKeys keys, Runnable closed);
  }

  private final Library library;
  private final AtomicLong contexts = new AtomicLong();

  NativeSrtpEngine(Library library) {
    this.library = library;
  }

  @Override
  public String name() {
    return library.name();
  }

  @Override
  public SlabKind preferredMemory() {
    return SlabKind.NATIVE;
  }

  /** Contexts that were made and not closed yet. */
  public long openContexts() {
    return contexts.get();
  }

  @Override
  public SrtpSendContext newSendContext(SrtpKeys keys) {
    return context(keys.profile(), SessionKeys.forRtp(keys.profile(), keys.local()));
  }

  NativeContext context(SrtpProfile profile, SessionKeys keys) {
    NativeContext context = library.context(profile, keys, contexts::decrementAndGet);
    contexts.incrementAndGet();
    return context;
  }

  @Override
  public int protect(
      SrtpSendContext context,
      RtpBlock block,
      int first,
      int count,
      MemorySegment slab,
      long slabOffset,
      int headerLength,
      int stride) {
    NativeContext keys = (NativeContext) context;
    MemorySegment payloads = block.bytes();
    boolean apart = payloads.isNative();
    int tagBytes = keys.profile().tagBytes();
    long start = address(slab) + slabOffset;
    long packet = start;
    long end = start;
    int from = block.payloadOffset(first);
    for (int i = first; i < first + count; i++, packet += stride) {
      int length = block.payloadLength(i);
      long payload = packet + headerLength;
      long source = payload;
      if (apart) {
        source = payloads.address() + from;
      } else {
        NativeMemory.copy(payloads, from, payload, length);
      }
      seal(keys, source, length, packet, headerLength);
      from += length;
      end = payload + length + tagBytes;
    }
    return (int) (end - start);
  }

  @Override
  public int protectOne(
      SrtpSendContext context,
      MemorySegment slab,
      long offset,
      int headerLength,
      int payloadLength) {
    NativeContext keys = (NativeContext) context;
    long packet = address(slab) + offset;
    seal(keys, packet + headerLength, payloadLength, packet, headerLength);
    return headerLength + payloadLength + keys.profile().tagBytes();
  }

  private static void seal(
      NativeContext keys, long source, int length, long packet, int headerLength) {
    int ssrc = NativeMemory.getInt(packet + SSRC);
    long index = keys.nextIndex(ssrc, NativeMemory.getUnsignedShort(packet + SEQUENCE_NUMBER));
    keys.seal(source, length, packet, headerLength, ssrc, index);
  }

  private static long address(MemorySegment slab) {
    if (!slab.isNative()) {
      throw new IllegalArgumentException("a native library needs a slab outside the heap");
    }
    return slab.address();
  }
}
