package io.roadcast.sfu.srtp;

import io.roadcast.media.rtp.RtpBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Encrypts with the JDK's ciphers, on heap arrays (direct memory is slower with them). From a block
 * in the heap the payload is encrypted straight into the slab; from one outside it is copied there
 * first. Each packet leaves about 1 KB of garbage, because a cipher must be initialised anew for
 * every nonce.
 */
public final class JdkSrtpEngine implements SrtpEngine {
  private static final int SEQUENCE_NUMBER = 2;
  private static final int SSRC = 8;

  private record Context(SrtpProfile profile, PacketProtection protection, PacketIndexes indexes)
      implements SrtpSendContext {
    @Override
    public void close() {}
  }

  @Override
  public String name() {
    return "jdk";
  }

  @Override
  public SlabKind preferredMemory() {
    return SlabKind.HEAP;
  }

  @Override
  public SrtpSendContext newSendContext(SrtpKeys keys) {
    return new Context(
        keys.profile(), PacketProtection.rtp(keys.profile(), keys.local()), new PacketIndexes());
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
    Context jdk = (Context) context;
    byte[] packets = array(slab);
    int start = Math.toIntExact(slab.address() + slabOffset);
    MemorySegment bytes = block.bytes();
    byte[] source = bytes.heapBase().orElse(null) instanceof byte[] array ? array : null;
    int sourceStart = source == null ? 0 : (int) bytes.address();
    int packet = start;
    int end = start;
    for (int i = first; i < first + count; i++, packet += stride) {
      int length = block.payloadLength(i);
      int payload = packet + headerLength;
      if (source == null) {
        MemorySegment.copy(
            bytes, ValueLayout.JAVA_BYTE, block.payloadOffset(i), packets, payload, length);
        seal(jdk, packets, payload, length, packets, packet, headerLength);
      } else {
        seal(
            jdk,
            source,
            sourceStart + block.payloadOffset(i),
            length,
            packets,
            packet,
            headerLength);
      }
      end = payload + length + jdk.profile.tagBytes();
    }
    return end - start;
  }

  @Override
  public int protectOne(
      SrtpSendContext context,
      MemorySegment slab,
      long offset,
      int headerLength,
      int payloadLength) {
    Context jdk = (Context) context;
    byte[] packets = array(slab);
    int packet = Math.toIntExact(slab.address() + offset);
    seal(jdk, packets, packet + headerLength, payloadLength, packets, packet, headerLength);
    return headerLength + payloadLength + jdk.profile.tagBytes();
  }

  private static void seal(
      Context context,
      byte[] source,
      int from,
      int length,
      byte[] packets,
      int packet,
      int headerLength) {
    int ssrc = BigEndian.getInt(packets, packet + SSRC);
    int sequenceNumber = BigEndian.getUnsignedShort(packets, packet + SEQUENCE_NUMBER);
    long index = context.indexes.next(ssrc, sequenceNumber);
    context.protection.seal(source, from, length, packets, packet, headerLength, ssrc, index);
  }

  private static byte[] array(MemorySegment slab) {
    if (slab.heapBase().orElse(null) instanceof byte[] array) {
      return array;
    }
    throw new IllegalArgumentException("the JDK's ciphers need a slab over a byte array");
  }
}
