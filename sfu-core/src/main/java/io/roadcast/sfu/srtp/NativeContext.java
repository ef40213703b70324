package io.roadcast.sfu.srtp;

/**
 * One peer's keys outside the heap. Whoever makes one closes it: then the keys are overwritten and
 * the memory is given back.
 */
abstract class NativeContext implements SrtpSendContext {
  private final SrtpProfile profile;
  private final PacketIndexes indexes = new PacketIndexes();

  NativeContext(SrtpProfile profile) {
    this.profile = profile;
  }

  @Override
  public final SrtpProfile profile() {
    return profile;
  }

  /** Roll-over counter and sequence number of the next packet. */
  final long nextIndex(int ssrc, int sequenceNumber) {
    return indexes.next(ssrc, sequenceNumber);
  }

  /**
   * Encrypts a payload behind a packet's header and appends the tag.
   *
   * @param source address of the payload; may be its place in the packet, otherwise apart from it
   * @param packet address of the header
   * @param index 48 bits
   * @throws IllegalStateException if it is closed or the library refuses
   */
  abstract void seal(
      long source, int payloadLength, long packet, int headerLength, int ssrc, long index);
}
