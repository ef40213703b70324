package io.roadcast.sfu.srtp;

import io.roadcast.media.rtp.RtpBlock;
import java.lang.foreign.MemorySegment;

/**
 * Encrypts and authenticates RTP packets that are sent, a run at a time (RFC 3711 3.3). An engine
 * has no state of its own; all of it is in the contexts, so that one engine may serve all workers.
 *
 * <p>The roll-over counter is kept per SSRC from the sequence numbers that pass: they must rise (by
 * less than 2^15 at a time), and the first one of an SSRC should be below 2^15. A number that does
 * not rise would encrypt a second packet with the same key stream and is refused; lost packets are
 * sent again as RTX, on an SSRC of their own.
 */
public interface SrtpEngine {
  /** For logs and metrics, e.g. {@code jdk}. */
  String name();

  /** The memory in which {@code slab} must lie. */
  SlabKind preferredMemory();

  /** State for one peer. */
  SrtpSendContext newSendContext(SrtpKeys keys);

  /**
   * Protects a run: packet i has its plain header, extensions included, at {@code slabOffset + i *
   * stride}; its payload is packet {@code first + i} of the block and goes, encrypted, behind the
   * header, followed by the tag.
   *
   * @param context of this engine
   * @param block where the payloads are; only read
   * @param first number of the first packet in the block
   * @param count how many packets, at least 1
   * @param slab headers in, protected packets out; of the {@link #preferredMemory()}
   * @param slabOffset where the first header begins
   * @param headerLength of each packet, extensions included
   * @param stride distance from one header to the next, at least the length of a protected packet
   * @return bytes from {@code slabOffset} to the end of the last packet
   * @throws IllegalStateException if a sequence number does not rise; nothing has been encrypted
   *     from there on
   */
  int protect(
      SrtpSendContext context,
      RtpBlock block,
      int first,
      int count,
      MemorySegment slab,
      long slabOffset,
      int headerLength,
      int stride);

  /**
   * Protects one packet in place, header and payload of which lie at {@code offset}; room for the
   * tag must follow.
   *
   * @return the length of the protected packet
   * @throws IllegalStateException if the sequence number does not rise
   */
  int protectOne(
      SrtpSendContext context,
      MemorySegment slab,
      long offset,
      int headerLength,
      int payloadLength);
}
